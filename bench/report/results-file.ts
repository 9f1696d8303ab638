import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContenderName } from '../contenders/contender.ts';
import type { Machine } from '../machine/machine.ts';
import { isMet, ratio, type Found } from './table.ts';

const FOLDER = join(import.meta.dirname, '../results');

/** Writes what was found as JSON and returns the file's name. */
export function writeResults(
  found: readonly Found[],
  run: { machine: Machine; isQuick: boolean; at: Date },
): string {
  const measures = found.map(({ measure, figures, failures, others }) => ({
    letter: measure.letter,
    title: measure.title,
    failures,
    others,
    lines: measure.lines.map((line) => {
      const ours = figures.rukun?.[line.key];
      const of = (name: string): number | undefined => figures[name as ContenderName]?.[line.key];
      return {
        ...line,
        met: isMet(line, ours),
        figures: Object.fromEntries(Object.keys(figures).map((name) => [name, of(name)])),
        timesBetter: Object.fromEntries(
          Object.keys(figures)
            .filter((name) => name !== 'rukun')
            .map((name) => [name, ratio(line, ours, of(name))]),
        ),
      };
    }),
  }));
  mkdirSync(FOLDER, { recursive: true });
  const stamp = run.at.toISOString().slice(0, 16).replaceAll(':', '');
  const file = join(FOLDER, `${stamp}${run.isQuick ? '-quick' : ''}.json`);
  writeFileSync(file, `${JSON.stringify({ ...run, measures }, null, 2)}\n`);
  return file;
}
