import { expect, test } from 'vitest';
import type { Storage } from '@rukun/relay';
import type { NewQuarantinedUpdate } from '../../packages/relay/src/storage/quarantine.ts';
import { AREA, update } from './log-merge.contract.ts';

const LATE: NewQuarantinedUpdate = {
  at: 5,
  reason: 'late',
  document: 'household/h1',
  area: AREA,
  person: 'p1',
  device: 'd1',
  update: update(1, 2),
  marks: [{ client: 1, clock: 2, at: 60_000 }],
  seal: null,
};
const SEALED: NewQuarantinedUpdate = {
  ...LATE,
  reason: 'revoked',
  seal: { keyId: 'k1', wrapped: update(9, 9, 9) },
};
const WAITING = { state: 'waiting', decidedBy: null, decidedAt: null } as const;

/** What the relay relies on for edits that wait for a decision. */
export function quarantineContract(filled: () => Storage): void {
  test('quarantined edits wait in the order they came, sealed ones with their key', () => {
    const storage = filled();
    const numbers = storage.transact(({ quarantine }) => [
      quarantine.add(LATE),
      quarantine.add({ ...SEALED, device: 'd2' }),
    ]);
    storage.read(({ quarantine }) => {
      expect(quarantine.ofArea(AREA, 'waiting', 10)).toEqual([
        { ...LATE, ...WAITING, number: numbers[0] },
        { ...SEALED, ...WAITING, device: 'd2', number: numbers[1] },
      ]);
      expect(quarantine.ofArea(AREA, 'waiting', 1)).toHaveLength(1);
      expect(quarantine.ofArea('', 'waiting', 10)).toEqual([]);
      expect(quarantine.update(numbers[1] ?? 0)?.seal).toEqual(SEALED.seal);
      expect(quarantine.sizeOf('p1')).toEqual({ rows: 2, bytes: 4 });
      expect(quarantine.sizeOf('p2')).toEqual({ rows: 0, bytes: 0 });
    });
  });

  test('a quarantined edit is decided once, and kept', () => {
    const storage = filled();
    const number = storage.transact(({ quarantine }) => quarantine.add(LATE));
    const decided = storage.transact(({ quarantine }) => [
      quarantine.decide(number, 'set-aside', 'p2', 8),
      quarantine.decide(number, 'taken', 'p3', 9),
      quarantine.decide(number + 1, 'taken', 'p3', 9),
    ]);
    expect(decided).toEqual([true, false, false]);
    storage.read(({ quarantine }) => {
      expect(quarantine.ofArea(AREA, 'waiting', 10)).toEqual([]);
      expect(quarantine.ofArea(AREA, 'set-aside', 10)).toEqual([
        { ...LATE, number, state: 'set-aside', decidedBy: 'p2', decidedAt: 8 },
      ]);
    });
  });
}
