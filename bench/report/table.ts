import type { ContenderName } from '../contenders/contender.ts';
import type { Figures, Line, Measure } from '../measures/measure.ts';

/** What one measure found: figures by contender, and what went wrong instead. */
export interface Found {
  readonly measure: Measure;
  readonly figures: Partial<Record<ContenderName, Figures>>;
  readonly failures: Partial<Record<ContenderName, string>>;
  /** Processors that others used meanwhile, on average. */
  readonly others: Partial<Record<ContenderName, number>>;
}

const WIDTH = { what: 46, figure: 12, peer: 22 };

/** One measure as a table: our figure, the budget, and each peer's figure with how many times better ours is. */
export function table(
  { measure, figures, failures, others }: Found,
  contenders: readonly ContenderName[],
): string {
  const peers = contenders.filter((name) => name !== 'rukun' && measure.lines.length > 0 && isIn(name));
  function isIn(name: ContenderName): boolean {
    return figures[name] !== undefined || failures[name] !== undefined;
  }
  const head = [''.padEnd(WIDTH.what), 'rukun'.padStart(WIDTH.figure), '  budget'.padEnd(20)]
    .concat(peers.map((name) => name.padStart(WIDTH.peer)))
    .join('');
  const rows = measure.lines.map((line) => {
    const ours = figures.rukun?.[line.key];
    const cells = peers.map((name) => peerCell(line, ours, figures[name]?.[line.key]).padStart(WIDTH.peer));
    return [
      line.what.padEnd(WIDTH.what),
      show(line, ours).padStart(WIDTH.figure),
      verdict(line, ours).padEnd(20),
      ...cells,
    ]
      .join('')
      .trimEnd();
  });
  const disturbed = peers.map((name) => (others[name] ?? 0).toFixed(2).padStart(WIDTH.peer));
  const used = ['(processors others used meanwhile)'.padEnd(WIDTH.what)]
    .concat((others.rukun ?? 0).toFixed(2).padStart(WIDTH.figure), ''.padEnd(20), disturbed)
    .join('');
  const failed = Object.entries(failures).map(([name, reason]) => `  ${name} failed: ${reason}`);
  return [`\n${measure.letter}. ${measure.title}`, head.trimEnd(), ...rows, used, ...failed].join('\n');
}

/** Whether our figure keeps to the budget; null if there is none of either. */
export function isMet(line: Line, ours: number | undefined): boolean | null {
  if (line.budget === undefined || ours === undefined) return null;
  return line.better === 'less' ? ours <= line.budget : ours >= line.budget;
}

/** How many times better ours is than theirs; null where that says nothing. */
export function ratio(line: Line, ours: number | undefined, theirs: number | undefined): number | null {
  if (ours === undefined || theirs === undefined || ours <= 0 || theirs <= 0) return null;
  return line.better === 'less' ? theirs / ours : ours / theirs;
}

function verdict(line: Line, ours: number | undefined): string {
  const met = isMet(line, ours);
  if (line.budget === undefined) return '';
  const limit = `  ${line.better === 'less' ? '≤' : '≥'} ${show(line, line.budget)}`;
  return met === null ? limit : `${limit} ${met ? 'met' : 'NOT MET'}`;
}

function peerCell(line: Line, ours: number | undefined, theirs: number | undefined): string {
  if (theirs === undefined) return '-';
  const times = ratio(line, ours, theirs);
  return times === null
    ? show(line, theirs)
    : `${show(line, theirs)} (${times >= 10 ? Math.round(times).toLocaleString('en') : times.toFixed(1)}×)`;
}

function show({ unit }: Line, value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit === '' || unit === '/s' ? unit : ` ${unit}`}`;
}
