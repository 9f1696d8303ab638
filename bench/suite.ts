import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender.ts';
import { hocuspocus } from './contenders/hocuspocus.ts';
import { pouchdb } from './contenders/pouchdb.ts';
import { rukun } from './contenders/rukun.ts';
import { yWebsocket, yWebsocketLeveldb } from './contenders/y-websocket.ts';
import { Others } from './machine/others.ts';
import { thisMachine } from './machine/machine.ts';
import { within } from './machine/patience.ts';
import { ServerProcess } from './machine/server-process.ts';
import { catchUp } from './measures/catch-up.ts';
import { coldStart } from './measures/cold-start.ts';
import { fanOut } from './measures/fan-out.ts';
import { hostile } from './measures/hostile.ts';
import { kill } from './measures/kill.ts';
import { memory } from './measures/memory.ts';
import type { Figures, Measure, Scale } from './measures/measure.ts';
import { restore } from './measures/restore.ts';
import { saturation } from './measures/saturation.ts';
import { writeResults } from './report/results-file.ts';
import { table, type Found } from './report/table.ts';

const MEASURES: readonly Measure[] = [catchUp, fanOut, saturation, memory, coldStart, kill, hostile, restore];
/** One measure of one contender. */
const GIVE_UP_MS = 30 * 60_000;
const ALL: Record<ContenderName, Contender> = {
  rukun,
  'y-websocket': yWebsocket,
  'y-websocket+leveldb': yWebsocketLeveldb,
  hocuspocus,
  pouchdb,
};

/** Runs the measures and prints and writes what they found. What a contender fails at is reported and ends nothing. */
export async function runSuite(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, with: { type: 'string' }, quick: { type: 'boolean' } },
  });
  // Each provider listens for the end of the process.
  process.setMaxListeners(0);
  const isQuick = values.quick ?? false;
  const scale: Scale = { isQuick, of: (full, quick) => (isQuick ? quick : full) };
  const letters = values.only?.split(',');
  const names = CONTENDERS.filter((name) => values.with?.split(',').includes(name) ?? true);
  const machine = thisMachine();
  const at = new Date();
  console.log(
    `${machine.processors} × ${machine.model}, ${machine.memoryGb} GB, Linux ${machine.kernel}, Node ${machine.node}, load ${machine.load}`,
  );
  if (isQuick) console.log('A quick run shows that everything works; its figures say little.');
  const found: Found[] = [];
  for (const measure of MEASURES) {
    if (letters && !letters.includes(measure.letter)) continue;
    const figures: Partial<Record<ContenderName, Figures>> = {};
    const failures: Partial<Record<ContenderName, string>> = {};
    const others: Partial<Record<ContenderName, number>> = {};
    for (const name of names) {
      const contender = ALL[name];
      if (!contender.takesPart.includes(measure.letter)) continue;
      const begun = performance.now();
      const watch = new Others();
      try {
        figures[name] = await within(GIVE_UP_MS, measure.title, measure.take(contender, scale));
      } catch (error) {
        failures[name] = error instanceof Error ? error.message : String(error);
        await ServerProcess.killAll();
      }
      others[name] = watch.processors();
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      console.error(`${measure.letter} ${name}: ${seconds} s, load ${loadavg()[0]?.toFixed(1)}`);
    }
    found.push({ measure, figures, failures, others });
    console.log(table({ measure, figures, failures, others }, names));
  }
  console.log(`\nwritten: ${writeResults(found, { machine, isQuick, at })}`);
}
