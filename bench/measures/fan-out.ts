import type { Centre, Sitting } from '../contenders/contender.ts';
import { cpuSeconds } from '../machine/process-stats.ts';
import { pause, pooled } from '../machine/patience.ts';
import { quantile, type Figures, type Measure } from './measure.ts';
import { withHouseholds } from './rooms.ts';

const ROOMS = 50;
const CLIENTS = 4;
/** Of each client. */
const EDITS_PER_SECOND = 2;
const WARM_UP_MS = 3_000;
/** Edits that are still on their way at the end are waited for. */
const LAST_MS = 1_000;

/** People at work together: every client of a room answers questions of its own, the others see it. */
export const fanOut: Measure = {
  letter: 'b',
  title: `Live: ${ROOMS} rooms × ${CLIENTS} clients × ${EDITS_PER_SECOND} edits/s, each client its own library`,
  lines: [
    { key: 'p50', what: "edit to another client's sight, p50", unit: 'ms', better: 'less' },
    { key: 'p99', what: '  p99', unit: 'ms', better: 'less', budget: 10 },
    { key: 'most', what: '  most', unit: 'ms', better: 'less' },
    { key: 'missed', what: '  never seen', unit: '', better: 'less', budget: 0 },
    { key: 'cpu', what: 'server CPU per 1,000 edits', unit: 's', better: 'less', budget: 0.3 },
  ],
  take: (contender, scale) =>
    withHouseholds(contender, ROOMS, (centre, documents) => run(centre, documents, scale.of(30_000, 5_000))),
};

async function run(centre: Centre, documents: readonly string[], durationMs: number): Promise<Figures> {
  const rooms: Sitting[][] = documents.map(() => []);
  await pooled(documents, 8, async (document, room) => {
    for (let client = 0; client < CLIENTS; client++) rooms[room]?.push(await centre.sit(document));
  });
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  for (const [room, sittings] of rooms.entries()) {
    for (const { doc } of sittings) {
      const answers = doc.getMap('answers');
      answers.observe(({ keysChanged, transaction }) => {
        if (transaction.local) return;
        const now = performance.now();
        for (const key of keysChanged) {
          const sent = sentAt.get(`${room} ${String(answers.get(key))}`);
          if (sent !== undefined) latencies.push(now - sent);
        }
      });
    }
  }
  let edits = 0;
  const timers: NodeJS.Timeout[] = [];
  const interval = 1000 / EDITS_PER_SECOND;
  for (const [room, sittings] of rooms.entries()) {
    for (const [client, { doc }] of sittings.entries()) {
      const answers = doc.getMap('answers');
      const edit = (): void => {
        const value = `${client}-${edits++}`;
        sentAt.set(`${room} ${value}`, performance.now());
        answers.set(`catatan${client}`, value);
      };
      // Spread over the interval, as people are.
      const offset = ((room * CLIENTS + client) / (documents.length * CLIENTS)) * interval;
      timers.push(setTimeout(() => timers.push(setInterval(edit, interval)), offset));
    }
  }
  await pause(WARM_UP_MS);
  sentAt.clear();
  latencies.length = 0;
  edits = 0;
  const cpuBefore = cpuSeconds(centre.server.pid);
  await pause(durationMs);
  const cpu = cpuSeconds(centre.server.pid) - cpuBefore;
  const counted = edits;
  for (const timer of timers) clearInterval(timer);
  await pause(LAST_MS);
  for (const sitting of rooms.flat()) sitting.close();
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    most: Math.max(...latencies),
    missed: counted * (CLIENTS - 1) - latencies.length,
    cpu: (cpu / counted) * 1000,
  };
}
