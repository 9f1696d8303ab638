import { decodeStateVector, encodeStateVector } from 'yjs';
import { BareSocket } from '../contenders/bare-socket.ts';
import type { Centre } from '../contenders/contender.ts';
import { editSeries } from '../documents/edits.ts';
import { generateHouseholds } from '../documents/households.ts';
import { pause, until } from '../machine/patience.ts';
import { seededRandom } from '../../tests/support/seeded-random.ts';
import { withHouseholds } from './rooms.ts';
import type { Figures, Measure } from './measure.ts';

const HOUSEHOLDS = 500;
const ROOMS = 50;
const EDITS = 10;
/** In a round under load, edits keep flowing up to the kill. */
const FLOOD = 2_000;
const GIVE_UP_MS = 60_000;
/** A server that reads a document late has read it by then. */
const LATE_MS = 1_500;

/** What was acknowledged and is gone after `kill -9` of the server; nobody who has it offers it again. */
export const kill: Measure = {
  letter: 'f',
  title:
    'Acknowledged and gone after kill -9 (y-websocket has no acknowledgement: what came back to its author)',
  lines: [
    { key: 'families', what: `of ${HOUSEHOLDS} families caught up`, unit: '', better: 'less', budget: 0 },
    {
      key: 'edits',
      what: `of ${ROOMS * EDITS} live edits, killed at the last one's`,
      unit: '',
      better: 'less',
      budget: 0,
    },
    { key: 'load', what: 'of live edits, killed under load', unit: '', better: 'less', budget: 0 },
    { key: 'acknowledged', what: '  acknowledged before these kills', unit: '', better: 'more' },
  ],
  async take(contender, scale) {
    const figures: Record<string, number> = {};
    const centre = await contender.open();
    try {
      figures['families'] = await families(centre, scale.of(HOUSEHOLDS, 20));
    } finally {
      await centre.close();
    }
    if (!contender.takesPart.includes('b')) return figures;
    return withHouseholds(contender, ROOMS, async (rooms, documents) => {
      const last = await round(rooms, documents, EDITS, null, 0);
      let [lost, acknowledged] = [0, 0];
      const random = seededRandom(9);
      for (let number = 1; number <= scale.of(5, 1); number++) {
        const found = await round(rooms, documents, FLOOD, 100 + random.below(400), number);
        lost += found.lost;
        acknowledged += found.acknowledged;
      }
      return { ...figures, edits: last.lost, load: lost, acknowledged } satisfies Figures;
    });
  },
};

async function families(centre: Centre, count: number): Promise<number> {
  const { area, person } = centre;
  const households = generateHouseholds(count, { area, person, prefix: 'kill', seed: 11 });
  const phone = await centre.phone();
  await phone.catchUp(centre.port);
  for (const household of households) await phone.record(household);
  await phone.catchUp(centre.port);
  await centre.server.kill();
  await phone.close();
  await centre.start();
  const reader = await centre.phone();
  reader.expect(households.map(({ document }) => document));
  await reader.catchUp(centre.port);
  let lost = 0;
  for (const { document, answers } of households) {
    if ((await reader.answer(document, '107')) !== answers['family']?.['107']) lost++;
  }
  await reader.close();
  return lost;
}

/** Edits in every room up to the kill: when all are acknowledged, or after `afterMs`. The server runs again afterwards. */
async function round(
  centre: Centre,
  documents: readonly string[],
  edits: number,
  afterMs: number | null,
  number: number,
): Promise<{ lost: number; acknowledged: number }> {
  const writers = await Promise.all(
    documents.map(async (document, room) => ({
      document,
      socket: await BareSocket.open(await centre.door(document)),
      series: editSeries(edits, 2_000_000_000 + number * 1_000 + room),
    })),
  );
  for (const { socket, series } of writers) socket.send(series.updates);
  if (afterMs === null)
    await until(() => writers.every(({ socket }) => isDone(socket, edits)), GIVE_UP_MS, 'edits');
  else await pause(afterMs);
  await centre.server.kill();
  const told = writers.map(({ socket }) => socket.acknowledged);
  for (const { socket } of writers) socket.close();
  await centre.start();
  const lost = await Promise.all(
    writers.map(async ({ document, series }, room) => {
      const sitting = await centre.sit(document);
      const kept = (): number => decodeStateVector(encodeStateVector(sitting.doc)).get(series.client) ?? 0;
      const end = performance.now() + LATE_MS;
      const owed = told[room] ?? 0;
      while (kept() < owed && performance.now() < end) await pause(20);
      sitting.close();
      return Math.max(0, owed - kept());
    }),
  );
  return { lost: sum(lost), acknowledged: sum(told) };
}

function isDone({ acknowledged }: BareSocket, edits: number): boolean {
  return acknowledged >= edits;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
