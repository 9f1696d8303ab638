import { expect, test } from 'vitest';
import { assignItem, boardCopy } from '../access/board-edits.ts';
import { AREA, HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** The relay of the tests with an administrator, `grace`. */
async function openWithAdministrator(): Promise<OpenedRelay> {
  const opened = await openRelay();
  opened.storage.transact((writer) => {
    const passwordHash = writer.person('ani')?.passwordHash ?? '';
    const [id, role] = ['grace', 'administrator'] as const;
    writer.addPerson({ id, userName: id, name: 'Grace Lumi', role, code: '', passwordHash });
  });
  return opened;
}

const post = (device: TestDevice, path: string) => device.fetch(path, { method: 'POST' });

test('a supervisor who writes an officer of another team into an own area does not manage them: the coordinator does', async () => {
  const opened = await openRelay();
  const { url, storage } = opened;
  const [sari, tono, koko, citra] = await Promise.all(
    ['sari', 'tono', 'koko', 'citra'].map((person) => TestDevice.signIn(url, person)),
  );
  if (!sari || !tono || !koko || !citra) throw new Error('nobody signed in');
  const { receipts } = await sari.exchange([assignItem(boardCopy(opened), AREA.ani, { officer: 'citra' })]);
  expect(receipts).toMatchObject([{ status: 'stored' }]);
  const before = storage.read((reader) => reader.person('citra'));
  for (const supervisor of [sari, tono]) {
    expect((await post(supervisor, '/api/people/citra/reset-password')).status).toBe(404);
    expect((await supervisor.fetch('/api/people/citra/devices')).status).toBe(404);
    expect((await post(supervisor, `/api/devices/${citra.me.device.id}/revoke`)).status).toBe(404);
  }
  expect(storage.read((reader) => reader.person('citra'))).toEqual(before);
  expect((await citra.fetch('/api/me')).status).toBe(200);
  expect((await post(koko, '/api/people/citra/reset-password')).status).toBe(200);
});

test('an area with two supervisors side by side is no team of either', async () => {
  const { url, storage } = await openRelay();
  const sari = await TestDevice.signIn(url, 'sari');
  storage.transact(({ access }) =>
    access.putAssignedBeside(AREA.ani, { officers: [], supervisors: ['tono'] }),
  );
  expect((await post(sari, '/api/people/ani/reset-password')).status).toBe(404);
  expect((await post(sari, '/api/people/budi/reset-password')).status).toBe(200);
});

test('an officer who becomes a supervisor has none of the areas they recorded: nobody approves their own work', async () => {
  const opened = await openWithAdministrator();
  const { url, storage } = opened;
  const [grace, ani] = [await TestDevice.signIn(url, 'grace'), await TestDevice.signIn(url, 'ani')];
  await ani.exchange();
  ani.copy(HOUSEHOLD.ani1).household.addEvent('submitted');
  expect((await ani.exchange([ani.item(HOUSEHOLD.ani1)])).receipts).toMatchObject([{ status: 'stored' }]);
  const becomes = (role: string) =>
    grace.fetch('/api/people/ani', { method: 'PATCH', body: JSON.stringify({ role }) });
  expect((await becomes('supervisor')).status).toBe(204);
  expect((await ani.exchange()).feeds).toEqual([]);
  ani.copy(HOUSEHOLD.ani1).household.addEvent('approved');
  const { receipts } = await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'late' }]);
  const held = () => storage.read((reader) => reader.assignmentsOf({ id: 'ani', role: 'officer' }));
  expect(held()).toEqual([]);

  expect((await becomes('officer')).status).toBe(204);
  expect(held()).toMatchObject([{ area: AREA.ani, officer: 'ani' }]);
  expect((await ani.exchange()).feeds[0]?.held).toEqual([AREA.ani]);
});
