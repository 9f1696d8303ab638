import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteStorage } from '@rukun/relay';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { revokeDevice } from '../../../packages/relay/src/auth/management.ts';
import { changePerson, COMMAND_LINE } from '../../../packages/relay/src/people/change-person.ts';
import { backUp } from '../../../packages/relay/src/storage/sqlite/backup.ts';
import { restore } from '../../../packages/relay/src/storage/sqlite/restore.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openRelay, PASSWORD } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-ends-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a restore does not let in again who was shut out, left, or has another password since the backup', async () => {
  const [data, keys] = [folder(), AuditKeys.fresh()];
  const database = new DatabaseSync(join(data, 'rukun.sqlite'));
  const { relay, url, storage } = await openRelay({ database, data, auditKeys: keys });
  const [lost, kept] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'ani')];
  const left = await TestDevice.signIn(url, 'citra');
  const changed = await TestDevice.signIn(url, 'sari');
  const backup = join(folder(), 'backup.sqlite');
  backUp(data, backup);

  storage.transact((writer) => {
    const device = writer.accounts.enrolledDevice(lost.me.device.id);
    if (device) revokeDevice(writer, device, COMMAND_LINE, 1000);
    const citra = writer.person('citra');
    if (citra) changePerson(writer, citra, { endedAt: 2000 }, COMMAND_LINE, 2000);
  });
  const body = JSON.stringify({ current: PASSWORD, next: 'hujan di bulan juni' });
  expect((await changed.fetchOnce('/api/password', { method: 'POST', body })).status).toBe(204);
  const former = storage.read((reader) => reader.person('sari')?.passwordHash);
  await relay.close();

  const random = seededRandom(5);
  const parts = { random, clock: new VirtualClock(), force: true, auditKeys: () => keys };
  expect(restore(backup, data, parts)).toMatchObject({ ended: 4 });
  const again = SqliteStorage.openFolder(data, random, () => keys);
  onTestFinished(() => again.close());
  again.read((reader) => {
    const endOf = ({ me }: TestDevice) => reader.accounts.enrolledDevice(me.device.id)?.end?.reason ?? null;
    expect([lost, kept, left, changed].map(endOf)).toEqual(['revoked', null, 'revoked', 'password-reset']);
    expect(reader.person('citra')?.endedAt).not.toBeNull();
    expect(reader.person('ani')?.endedAt).toBeNull();
    expect(reader.person('sari')).toMatchObject({ mustChangePassword: true });
    expect(reader.person('sari')?.passwordHash).not.toBe(former);
    expect(reader.person('sari')?.passwordHash).not.toBe(reader.person('ani')?.passwordHash);
  });
}, 60_000);
