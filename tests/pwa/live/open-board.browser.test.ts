import { ok } from '@rukun/core/foundation';
import { afterEach, expect, test, vi } from 'vitest';
import { openBoard } from '../../../packages/pwa/src/live/open-board.ts';
import { promptFrames, SwitchedSurroundings } from '../../support/app-parts.ts';
import { FakeSocket } from '../../support/fake-socket.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('[LV38] a board opens although its database does not answer, and goes live', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
  const clock = new VirtualClock();
  const random = seededRandom(1);
  const coming = FakeSocket.next();
  const opening = openBoard(
    {
      clock,
      random,
      frames: promptFrames,
      live: {
        Socket: FakeSocket.asWebSocket(),
        url: 'ws://relay.test/live',
        clock,
        random,
        surroundings: new SwitchedSurroundings(),
        ticket: () => Promise.resolve(ok('t1')),
      },
      self: 'p-supervisor',
      personOf: () => null,
      expired: () => undefined,
    },
    'board/7102030',
  );
  clock.advance(3_000);
  const board = await opening;
  expect((await coming).url).toContain('board/7102030');
  expect(board.assignments.get()).toEqual([]);
  const closing = board.close();
  clock.advance(3_000);
  await closing;
});
