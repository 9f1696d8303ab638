import type { Contender } from '../contenders/contender.ts';

/** One line of the table. */
export interface Line {
  readonly key: string;
  readonly what: string;
  readonly unit: 's' | 'ms' | 'KB' | 'MB' | '' | '/s';
  /** Whether a smaller figure is the better one. */
  readonly better: 'less' | 'more';
  /** What DESIGN.md section 10 asks of ours: at most, or at least where more is better. */
  readonly budget?: number;
}

/** Figures by the keys of the lines; one that is missing was not measured. */
export type Figures = Readonly<Record<string, number>>;

/** One part of the run. */
export interface Measure {
  readonly letter: string;
  readonly title: string;
  readonly lines: readonly Line[];
  /** Takes the figures of one contender, from an empty centre on. Rejects if the contender does not do what is asked. */
  take(contender: Contender, scale: Scale): Promise<Figures>;
}

/** How much is measured: in full, or quickly to see that it works. */
export interface Scale {
  readonly isQuick: boolean;
  /** The full number, or the small one in a quick run. */
  of(full: number, quick: number): number;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
