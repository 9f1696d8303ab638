import { expect, onTestFinished, test } from 'vitest';
import type { ImportLine, PeopleAnswer } from '@rukun/core/people';
import type { Me } from '@rukun/core/protocol';
import { checkFile } from '../../../packages/relay/src/people/check-file.ts';
import { writePeople } from '../../../packages/relay/src/people/import-people.ts';
import { Staging } from '../../../packages/relay/src/people/staging.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { assignItem, boardCopy } from '../access/board-edits.ts';
import { AREA, BOARD, HOUSEHOLD, openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { LiveClient } from '../support/live-client.ts';
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

const patch = (device: TestDevice, person: string, body: unknown) =>
  device.fetch(`/api/people/${person}`, { method: 'PATCH', body: JSON.stringify(body) });

async function* rowsOf(file: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(file));
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

test('a coordinator has one kecamatan: its areas, people and board, and nothing before it is named', async () => {
  const { url, storage } = await openWithAdministrator();
  const [grace, koko] = [await TestDevice.signIn(url, 'grace'), await TestDevice.signIn(url, 'koko')];
  const gets = (area: string) =>
    grace.fetch('/api/people/koko', { method: 'PATCH', body: JSON.stringify({ area }) });
  const sees = async () => {
    const me = (await (await koko.fetch('/api/me')).json()) as Me;
    const search = { method: 'POST', body: JSON.stringify({ query: '', role: null, page: 0 }) };
    const { total } = (await (await koko.fetch('/api/people/search', search)).json()) as PeopleAnswer;
    const opened = await koko.fetch(`/api/documents/${HOUSEHOLD.ani1}/history`);
    const reset = await post(koko, '/api/people/ani/reset-password');
    return [me.areas.length, me.boards, total, opened.status, reset.status];
  };
  expect(await sees()).toEqual([3, [BOARD], 5, 200, 200]);
  expect((await gets('7102980')).status).toBe(204);
  expect(await sees()).toEqual([0, [], 0, 403, 404]);
  storage.transact(({ directory }) => directory.change('koko', { area: '' }));
  expect(await sees()).toEqual([0, [], 0, 403, 404]);
  for (const [area, reason] of [
    ['', 'area-missing'],
    ['7102', 'area-form'],
  ] as const)
    expect(await (await gets(area)).json()).toEqual({ code: 'bad-content', paths: [`area/${reason}`] });
});

test('a file in which a coordinator has no kecamatan is not taken', async () => {
  const { url, storage } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const sends = async (body: string) => {
    const response = await grace.fetch('/api/people/import?mode=apply', { method: 'POST', body });
    return (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ImportLine)
      .at(-1);
  };
  const fault = { line: 2, column: 'area', reason: 'area-missing' };
  for (const file of [
    'user name,name,role\nkiki,Kiki,koseka\n',
    'user name,name,role,area\nkiki,Kiki,koseka,\n',
  ])
    expect(await sends(file)).toMatchObject({ isImported: false, report: { faults: [fault] } });
  const whole = 'user name,name,role,area\nkiki,Kiki,koseka,7102990\nkoko,KOKO,koseka,7102980\n';
  expect(await sends(whole)).toMatchObject({ isImported: true, report: { added: 1, changed: 1 } });
  const areaOf = (userName: string) => storage.read((reader) => reader.personByUserName(userName)?.area);
  expect([areaOf('kiki'), areaOf('koko')]).toEqual(['7102990', '7102980']);
});

test('an administrator has no power over another, not by a detour either; the command line has', async () => {
  const { url, storage } = await openWithAdministrator();
  storage.transact((writer) => {
    const passwordHash = writer.person('ani')?.passwordHash ?? '';
    const [id, role] = ['hana', 'administrator'] as const;
    writer.addPerson({ id, userName: id, name: 'Hana Lumi', role, code: '', passwordHash });
  });
  const [grace, hana] = [await TestDevice.signIn(url, 'grace'), await TestDevice.signIn(url, 'hana')];
  const refused = { code: 'bad-content', paths: ['role/other-administrator'] };
  for (const change of [{ role: 'officer' }, { isEnded: true }])
    expect(await (await patch(grace, 'hana', change)).json()).toEqual(refused);
  const file = 'user name,name,role,state\nhana,Hana Lumi,administrator,ended\n';
  const request = { method: 'POST', body: file };
  const sent = await grace.fetch('/api/people/import?mode=apply', request);
  const fault = { line: 2, column: 'role', reason: 'other-administrator' };
  expect(await sent.json()).toMatchObject({ isImported: false, report: { faults: [fault] } });
  expect((await post(grace, '/api/people/hana/reset-password')).status).toBe(404);
  expect((await hana.fetch('/api/me')).status).toBe(200);
  expect((await patch(grace, 'hana', { name: 'Hana L' })).status).toBe(204);
  expect((await patch(hana, 'hana', { role: 'officer' })).status).toBe(204);

  const [staging, by] = [new Staging(), { person: '', device: '' }];
  onTestFinished(() => staging.close());
  await checkFile(rowsOf(file), storage, staging, by);
  writePeople({ storage, clock: new VirtualClock(), random: seededRandom(1) }, staging, by);
  expect(storage.read((reader) => reader.person('hana'))?.endedAt).not.toBeNull();
});

test('whoever loses the right while the new password is made resets nobody', async () => {
  const { url, storage, relay } = await openRelay();
  const sari = await TestDevice.signIn(url, 'sari');
  const before = storage.read((reader) => reader.person('ani'));
  const { passwords } = relay.context;
  const hash = passwords.hash.bind(passwords);
  passwords.hash = async (password, random) => {
    const made = await hash(password, random);
    storage.transact(({ access }) =>
      access.putAssignedBeside(AREA.ani, { officers: [], supervisors: ['tono'] }),
    );
    return made;
  };
  expect((await post(sari, '/api/people/ani/reset-password')).status).toBe(404);
  expect(storage.read((reader) => reader.person('ani'))).toEqual(before);
});

test('a role taken away closes what is open live at once', async () => {
  const { url } = await openWithAdministrator();
  const [grace, ani] = [await TestDevice.signIn(url, 'grace'), await TestDevice.signIn(url, 'ani')];
  const live = await LiveClient.open(ani, HOUSEHOLD.ani1);
  expect((await patch(grace, 'ani', { role: 'participant' })).status).toBe(204);
  expect(await live.closed).toBe(4403);
});

test('who leaves leaves on every phone: also one that a new password had signed out is told to hand in and wipe', async () => {
  const { url } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const [ani, left] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'ani')];
  expect((await left.fetch('/api/sign-out', { method: 'POST' })).status).toBe(204);
  expect((await post(grace, '/api/people/ani/reset-password')).status).toBe(200);
  expect(await (await ani.fetch('/api/me')).json()).toMatchObject({ code: 'unauthenticated' });
  expect((await patch(grace, 'ani', { isEnded: true })).status).toBe(204);
  expect(await (await ani.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });
  expect(await (await left.fetch('/api/me')).json()).toMatchObject({ code: 'unauthenticated' });
});
