import { BareSocket } from '../contenders/bare-socket.ts';
import type { Centre } from '../contenders/contender.ts';
import { editSeries, type EditSeries } from '../documents/edits.ts';
import { pause } from '../machine/patience.ts';
import { cpuSeconds } from '../machine/process-stats.ts';
import { withHouseholds } from './rooms.ts';
import type { Figures, Measure } from './measure.ts';

const ROOMS = 50;
/** Edits of one connection that may be on their way. */
const WINDOW = 200;
/** More than the fastest takes in the time. */
const EDITS_PER_ROOM = 14_000;
const WARM_UP_MS = 1_500;

let series: readonly EditSeries[] | null = null;

/** How many edits one server process takes, one writer in each room, as fast as it acknowledges them in its own way. */
export const saturation: Measure = {
  letter: 'c',
  title: `Saturation: ${ROOMS} rooms, one writer each, ${WINDOW} edits on their way`,
  lines: [
    { key: 'rate', what: 'edits acknowledged', unit: '/s', better: 'more', budget: 27_000 },
    { key: 'cpu', what: 'server CPU per 1,000 edits', unit: 's', better: 'less' },
    { key: 'share', what: 'cores the server had', unit: '', better: 'less' },
  ],
  take(contender, scale) {
    // The same for every contender, and made once.
    series ??= Array.from({ length: ROOMS }, (_, room) => editSeries(EDITS_PER_ROOM, 3_000_000_000 + room));
    const edits = series;
    return withHouseholds(contender, ROOMS, (centre, documents) =>
      run(centre, documents, edits, scale.of(8_000, 2_000)),
    );
  },
};

async function run(
  centre: Centre,
  documents: readonly string[],
  series: readonly EditSeries[],
  durationMs: number,
): Promise<Figures> {
  const sockets = await Promise.all(
    documents.map(async (document) => BareSocket.open(await centre.door(document))),
  );
  for (const [room, socket] of sockets.entries()) flow(socket, series[room]?.updates ?? []);
  await pause(WARM_UP_MS);
  const [before, cpuBefore, begun] = [total(sockets), cpuSeconds(centre.server.pid), performance.now()];
  await pause(durationMs);
  const [after, cpuAfter, ended] = [total(sockets), cpuSeconds(centre.server.pid), performance.now()];
  const closed = sockets.find(({ closedWith }) => closedWith !== null);
  const isDry = sockets.some(({ acknowledged }) => acknowledged >= EDITS_PER_ROOM);
  for (const socket of sockets) socket.close();
  if (closed) throw new Error(`a writer was closed with ${closed.closedWith}`);
  if (isDry) throw new Error('there were not edits enough');
  const seconds = (ended - begun) / 1000;
  const cpu = cpuAfter - cpuBefore;
  return { rate: (after - before) / seconds, cpu: (cpu / (after - before)) * 1000, share: cpu / seconds };
}

/** Keeps the window full. */
function flow(socket: BareSocket, updates: readonly Uint8Array[]): void {
  let sent = 0;
  const fill = (): void => {
    const most = Math.min(updates.length, socket.acknowledged + WINDOW);
    // In handfuls: a write per acknowledgement would measure this process.
    if (most - sent < Math.min(WINDOW / 4, updates.length - sent)) return;
    socket.send(updates.slice(sent, most));
    sent = most;
  };
  socket.onAcknowledged = fill;
  fill();
}

function total(sockets: readonly BareSocket[]): number {
  return sockets.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}
