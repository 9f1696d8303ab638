import { expect, test } from 'vitest';
import { Lanes } from '../../../packages/relay/src/commit/lanes.ts';
import type { Submission } from '../../../packages/relay/src/commit/submission.ts';

const ALL = () => true;

function waiting(device: string, number: number) {
  const submission: Submission = {
    document: `household/${device}`,
    update: Uint8Array.of(number),
    actor: {
      person: device,
      role: 'officer',
      areas: new Set(),
      boards: new Set(),
      former: new Map(),
      scope: '',
      tag: 'aka',
    },
    device,
    area: '',
    at: 0,
    marks: [],
    connection: null,
  };
  return { submission, resolve: () => undefined };
}

function filled(...devices: readonly [device: string, count: number][]): Lanes {
  const lanes = new Lanes();
  for (const [device, count] of devices)
    for (let number = 0; number < count; number++) lanes.add(waiting(device, number));
  return lanes;
}

/** Takes one batch out; each submission takes as long as its device is said to. */
function batch(lanes: Lanes, ms: Readonly<Record<string, number>> = {}, most = Infinity): string[] {
  const taken: string[] = [];
  for (const { submission } of lanes.batch(() => taken.length < most)) {
    taken.push(`${submission.device}${submission.update[0]}`);
    lanes.took(submission.device, ms[submission.device] ?? 0);
  }
  return taken;
}

test('[GT40] nobody waits for all that another device has sent', () => {
  const lanes = filled(['a', 4], ['b', 1], ['c', 2]);
  expect(batch(lanes)).toEqual(['a0', 'b0', 'c0', 'a1', 'c1', 'a2', 'a3']);
  expect(lanes.size).toBe(0);
});

test('[GT40] turns go on from batch to batch', () => {
  const lanes = filled(['a', 3], ['b', 3]);
  expect([batch(lanes, {}, 3), batch(lanes, {}, 3)]).toEqual([
    ['a0', 'b0', 'a1'],
    ['b1', 'a2', 'b2'],
  ]);
});

test('[GT41] what a slow device sends is committed alone, in turn with what all others send', () => {
  const lanes = filled(['slow', 4], ['a', 2]);
  const ms = { slow: 30 };
  expect(batch(lanes, ms)).toEqual(['slow0', 'a0', 'a1']);
  expect(batch(lanes, ms)).toEqual(['slow1']);
  lanes.add(waiting('a', 7));
  lanes.add(waiting('b', 8));
  expect(batch(lanes, ms)).toEqual(['a7', 'b8']);
  expect(batch(lanes, ms)).toEqual(['slow2']);
  expect(batch(lanes, ms)).toEqual(['slow3']);
  expect(batch(lanes, ms)).toEqual([]);
});

test('[GT41] it is remembered as slow when it comes again, and forgiven when it is not', () => {
  const lanes = filled(['slow', 1]);
  expect(batch(lanes, { slow: 30 })).toEqual(['slow0']);
  for (const number of [1, 2]) lanes.add(waiting('slow', number));
  lanes.add(waiting('a', 0));
  expect([batch(lanes), batch(lanes)]).toEqual([['slow1'], ['slow2', 'a0'].reverse()]);
});

test('[GT41] slow devices take turns', () => {
  const lanes = filled(['x', 2], ['y', 2]);
  const ms = { x: 9, y: 9 };
  expect(batch(lanes, ms)).toEqual(['x0', 'y0']);
  expect([batch(lanes, ms), batch(lanes, ms)]).toEqual([['x1'], ['y1']]);
});

test('[GT77] where the disk does not do its part, all that waits is taken out, in the order of each device', () => {
  const lanes = filled(['a', 3], ['b', 2]);
  expect(lanes.drain(4).map(({ submission }) => `${submission.device}${submission.update[0]}`)).toEqual([
    'a0',
    'a1',
    'a2',
    'b0',
  ]);
  expect(lanes.size).toBe(1);
  expect(batch(lanes)).toEqual(['b1']);
});

test('an empty queue has nothing to give', () => {
  expect([...new Lanes().batch(ALL)]).toEqual([]);
});
