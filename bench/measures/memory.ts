import type { Centre, Sitting } from '../contenders/contender.ts';
import { pause, pooled } from '../machine/patience.ts';
import { residentBytes } from '../machine/process-stats.ts';
import { withHouseholds } from './rooms.ts';
import type { Figures, Measure } from './measure.ts';

const CLIENTS = 500;
/** What is only garbage is gone by then. */
const SETTLE_MS = 15_000;
const IDLE_MS = 60_000;

/** What a server holds for each client that has one document of its own open, and what it gives back. */
export const memory: Measure = {
  letter: 'd',
  title: `Memory: ${CLIENTS} clients, each with one stored household of four open`,
  lines: [
    { key: 'empty', what: 'server with nobody connected', unit: 'MB', better: 'less' },
    { key: 'client', what: 'more for each connected client', unit: 'KB', better: 'less', budget: 60 },
    { key: 'kept', what: `  still held ${IDLE_MS / 1000} s after all left`, unit: 'KB', better: 'less' },
  ],
  take: (contender, scale) =>
    withHouseholds(contender, scale.of(CLIENTS, 50), (centre, documents) =>
      run(centre, documents, scale.of(SETTLE_MS, 3_000), scale.of(IDLE_MS, 25_000)),
    ),
};

async function run(
  centre: Centre,
  documents: readonly string[],
  settleMs: number,
  idleMs: number,
): Promise<Figures> {
  // A new process: what was needed to take the documents in is not to be counted.
  await centre.server.stop();
  await centre.start();
  // And one that has served before, so that code loaded and compiled is not counted either.
  (await centre.sit(documents[0] ?? '')).close();
  await pause(settleMs);
  const { pid } = centre.server;
  const before = residentBytes(pid);
  const sittings: Sitting[] = [];
  await pooled(documents, 16, async (document) => void sittings.push(await centre.sit(document)));
  await pause(settleMs);
  const connected = residentBytes(pid);
  for (const sitting of sittings) sitting.close();
  await pause(idleMs);
  const left = residentBytes(pid);
  return {
    empty: before / 1e6,
    client: (connected - before) / documents.length / 1000,
    kept: (left - before) / documents.length / 1000,
  };
}
