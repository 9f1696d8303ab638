import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { CONTENDERS, type Contender, type ContenderName } from './contenders/contender.ts';
import { removeFolders } from './contenders/data-folder.ts';
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
/** Others may use so much of the machine, processors, before a measure is taken again where that is asked for. */
const CALM = 0.1;
const CALM_ATTEMPTS = 6;
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
    options: {
      only: { type: 'string' },
      with: { type: 'string' },
      quick: { type: 'boolean' },
      calm: { type: 'boolean' },
    },
  });
  process.on('exit', () => {
    ServerProcess.killAll();
    removeFolders();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
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
    const one: Found = { measure, figures: {}, failures: {}, others: {} };
    for (const name of names) {
      if (!ALL[name].takesPart.includes(measure.letter)) continue;
      const attempt = await leastDisturbed(values.calm ? CALM_ATTEMPTS : 1, () =>
        take(measure, ALL[name], scale),
      );
      one.others[name] = attempt.others;
      if ('figures' in attempt) one.figures[name] = attempt.figures;
      else one.failures[name] = attempt.failure;
    }
    found.push(one);
    console.log(table(one, names));
  }
  console.log(`\nwritten: ${writeResults(found, { machine, isQuick, at })}`);
}

type Attempt = { readonly others: number } & ({ readonly figures: Figures } | { readonly failure: string });

async function take(measure: Measure, contender: Contender, scale: Scale): Promise<Attempt> {
  const begun = performance.now();
  const watch = new Others();
  let result: { figures: Figures } | { failure: string };
  try {
    result = { figures: await within(GIVE_UP_MS, measure.title, measure.take(contender, scale)) };
  } catch (error) {
    result = { failure: error instanceof Error ? error.message : String(error) };
    ServerProcess.killAll();
  }
  const others = watch.processors();
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  console.error(
    `${measure.letter} ${contender.name}: ${seconds} s, load ${load}, others ${others.toFixed(2)}`,
  );
  return { ...result, others };
}

/** Chosen by what others did meanwhile, never by the figures. */
async function leastDisturbed(attempts: number, attempt: () => Promise<Attempt>): Promise<Attempt> {
  let best = await attempt();
  for (let count = 1; count < attempts && best.others > CALM; count++) {
    const next = await attempt();
    if (next.others < best.others) best = next;
  }
  return best;
}
