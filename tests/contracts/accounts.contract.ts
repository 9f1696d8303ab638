import { expect, test } from 'vitest';
import type { Storage } from '@rukun/relay';
import type { DeviceEnd, StoredSession } from '../../packages/relay/src/storage/accounts.ts';
import { update } from './log-merge.contract.ts';

const DEVICE = { id: 'd1', person: 'p1', tag: 'k3f', label: 'Chrome', enrolledAt: 4 };

const SESSION: StoredSession = {
  device: 'd1',
  familyHash: update(1),
  refreshHash: update(2),
  previousHash: null,
  successorSalt: null,
  rotatedAt: 4,
  refreshUntil: 40,
  handleHash: update(3),
  accessHash: update(4),
  accessUntil: 10,
};

/** What the relay relies on for sign-ins, devices and passwords. `filled` has one person, `p1`. */
export function accountsContract(filled: () => Storage): void {
  const enrolled = (): Storage => {
    const storage = filled();
    storage.transact((writer) => writer.addDevice(DEVICE));
    return storage;
  };

  test('lists the devices of a person with the end of those that have ended', () => {
    const storage = enrolled();
    const later = { ...DEVICE, id: 'd2', tag: 'k3g', enrolledAt: 5 };
    storage.transact((writer) => {
      writer.addDevice(later);
      writer.markDeviceSeen('d1', 8);
      writer.accounts.endDevice('d2', { at: 9, reason: 'signed-out', by: 'p1' });
    });
    storage.read((reader) => {
      const first = { id: 'd1', person: 'p1', label: 'Chrome', enrolledAt: 4, lastSeenAt: 8 };
      const second = { id: 'd2', person: 'p1', label: 'Chrome', enrolledAt: 5, lastSeenAt: 5 };
      const end = { at: 9, reason: 'signed-out', by: 'p1' };
      expect(reader.accounts.devicesOf('p1')).toEqual([
        { ...second, end, handedInAt: null },
        { ...first, end: null, handedInAt: null },
      ]);
      expect(reader.accounts.devicesOf('p2')).toEqual([]);
      expect(reader.device('d1')).toEqual({ id: 'd1', person: 'p1', tag: 'k3f', lastSeenAt: 8 });
      expect(reader.device('d2')).toBeNull();
      expect(reader.accounts.enrolledDevice('d3')).toBeNull();
    });
  });

  test('a tag stays taken, also of a device that is gone', () => {
    const storage = enrolled();
    storage.transact((writer) => writer.accounts.endDevice('d1', { at: 9, reason: 'signed-out', by: 'p1' }));
    expect(storage.read((reader) => reader.isTagTaken('k3f'))).toBe(true);
    expect(() => storage.transact((writer) => writer.addDevice({ ...DEVICE, id: 'd2' }))).toThrow(/tag/);
  });

  test('finds a session by what its tokens have in common, also after its device has ended', () => {
    const storage = enrolled();
    storage.transact((writer) => writer.accounts.putSession(SESSION));
    const next = { ...SESSION, refreshHash: update(5), previousHash: update(2), successorSalt: update(6) };
    storage.transact((writer) => {
      writer.accounts.putSession(next);
      writer.accounts.endDevice('d1', { at: 9, reason: 'revoked', by: 'p2' });
    });
    storage.read(({ accounts }) => {
      expect(accounts.sessionByFamily(update(1))).toEqual(next);
      expect(accounts.sessionByHandle(update(3))).toEqual(next);
      expect(accounts.sessionByFamily(update(2))).toBeNull();
      expect(accounts.sessionByHandle(update(1))).toBeNull();
    });
  });

  const end = (reason: DeviceEnd['reason'], at: number): DeviceEnd => ({ at, reason, by: 'p2' });
  test.each([
    ['signed out stays signed out', end('signed-out', 5), end('revoked', 6), end('signed-out', 5)],
    ['reset can still be revoked', end('password-reset', 5), end('revoked', 6), end('revoked', 6)],
    ['revoked stays revoked', end('revoked', 5), end('revoked', 6), end('revoked', 5)],
    ['reused stays reused', end('token-reused', 5), end('password-reset', 6), end('token-reused', 5)],
  ])('a device that was %s', (_, first, second, expected) => {
    const storage = enrolled();
    storage.transact((writer) => {
      writer.accounts.endDevice('d1', first);
      writer.accounts.endDevice('d1', second);
    });
    expect(storage.read((reader) => reader.accounts.enrolledDevice('d1')?.end)).toEqual(expected);
  });

  test('notes once when a device has handed everything in', () => {
    const storage = enrolled();
    storage.transact(({ accounts }) => {
      accounts.markHandedIn('d1', 7);
      accounts.markHandedIn('d1', 8);
    });
    expect(storage.read((reader) => reader.accounts.enrolledDevice('d1')?.handedInAt)).toBe(7);
  });

  test('knows what a device has handed in of each document, by its content, until that is forgotten', () => {
    const storage = enrolled();
    storage.transact(({ accounts }) => {
      for (const content of [3, 8, 8]) accounts.noteHandedIn('d1', 'household/h1', update(content));
      accounts.noteHandedIn('d1', 'household/h2', update(3));
    });
    const known = () =>
      storage.read(({ accounts }) => [
        accounts.hasHandedIn('d1', 'household/h1', update(3)),
        accounts.hasHandedIn('d1', 'household/h1', update(8)),
        accounts.hasHandedIn('d1', 'household/h1', update(5)),
        accounts.hasHandedIn('d1', 'household/h2', update(3)),
        accounts.hasHandedIn('d1', 'household/h2', update(8)),
        accounts.hasHandedIn('d2', 'household/h1', update(3)),
      ]);
    expect(known()).toEqual([true, true, false, true, false, false]);
    storage.transact(({ accounts }) => {
      accounts.forgetHandedIn('household/h1');
    });
    expect(known()).toEqual([false, false, false, true, false, false]);
  });

  test('changes a password and whether it is a one-time one', () => {
    const storage = filled();
    expect(storage.read((reader) => reader.person('p1'))).toMatchObject({ mustChangePassword: false });
    storage.transact((writer) => writer.accounts.setPassword('p1', 'y', true));
    const person = { passwordHash: 'y', mustChangePassword: true };
    expect(storage.read((reader) => reader.personByUserName('ani'))).toMatchObject(person);
  });

  test('keeps a bounded number of failed sign-ins, the latest', () => {
    const storage = filled();
    const failures = (at: number) => ({ count: at, at, blockedUntil: at * 2 });
    storage.transact(({ accounts }) => {
      for (let at = 1; at <= 9; at++) accounts.putSignInFailures(update(at), failures(at));
      accounts.putSignInFailures(update(3), failures(10));
      accounts.clearSignInFailures(update(9));
      accounts.boundSignInFailures(5, 3);
    });
    storage.read(({ accounts }) => {
      const left = Array.from({ length: 9 }, (_, index) => accounts.signInFailures(update(index + 1)));
      expect(left.map((each) => each?.at ?? null)).toEqual([null, null, 10, null, null, null, 7, 8, null]);
      expect(left[2]).toEqual(failures(10));
    });
  });
}
