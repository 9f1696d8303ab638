import { expect, test } from 'vitest';
import type { ImportLine, PeopleAnswer } from '@rukun/core/people';
import { createApp } from '../../../packages/relay/src/http/app.ts';
import { openRelay, type OpenedRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

const HEADER = 'user name,name,role,code\n';

/** The relay of the tests with an administrator, `grace`. */
async function openWithAdministrator(): Promise<OpenedRelay> {
  const opened = await openRelay();
  opened.storage.transact((writer) => {
    const passwordHash = writer.person('ani')?.passwordHash ?? '';
    const name = 'Grace Lumi';
    writer.addPerson({ id: 'grace', userName: 'grace', name, role: 'administrator', code: '', passwordHash });
  });
  return opened;
}

async function search(device: TestDevice, changes: Record<string, unknown> = {}): Promise<PeopleAnswer> {
  const body = JSON.stringify({ query: '', role: null, page: 0, ...changes });
  const response = await device.fetch('/api/people/search', { method: 'POST', body });
  return (await response.json()) as PeopleAnswer;
}

async function names(device: TestDevice, changes?: Record<string, unknown>): Promise<string[]> {
  return (await search(device, changes)).people.map(({ userName }) => userName);
}

const patch = (device: TestDevice, person: string, body: unknown) =>
  device.fetch(`/api/people/${person}`, { method: 'PATCH', body: JSON.stringify(body) });

async function importFile(device: TestDevice, mode: string, file: string | Uint8Array) {
  const body = typeof file === 'string' ? file : Buffer.from(file);
  const response = await device.fetch(`/api/people/import?mode=${mode}`, { method: 'POST', body });
  const lines = (await response.text()).trim().split('\n');
  return { status: response.status, lines: lines.map((line) => JSON.parse(line) as ImportLine) };
}

test('the administrator finds everybody; a supervisor the own officers, a coordinator the kecamatan, an officer nobody', async () => {
  const { url } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  expect(await names(grace)).toEqual(['ani', 'budi', 'citra', 'grace', 'koko', 'peserta', 'sari', 'tono']);
  expect(await names(grace, { query: 'LUM' })).toEqual(['grace']);
  expect(await names(grace, { query: '02', role: 'officer' })).toEqual(['budi', 'citra']);
  expect(await names(grace, { query: '%' })).toEqual([]);
  expect(await names(await TestDevice.signIn(url, 'sari'))).toEqual(['ani', 'budi']);
  expect(await names(await TestDevice.signIn(url, 'koko'))).toEqual(['ani', 'budi', 'citra', 'sari', 'tono']);
  expect(await names(await TestDevice.signIn(url, 'ani'))).toEqual([]);
  expect(await names(await TestDevice.signIn(url, 'sari'), { query: 'citra' })).toEqual([]);
});

test('a list says what became of an account: devices, never signed in, locked out', async () => {
  const { url } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  await TestDevice.signIn(url, 'ani');
  for (let attempt = 0; attempt < 6; attempt++)
    await fetch(`${url}/api/sign-in`, {
      method: 'POST',
      body: JSON.stringify({ userName: 'budi', password: 'salah', deviceLabel: 'x' }),
    });
  const { people } = await search(grace, { role: 'officer' });
  const [ani, budi] = people;
  expect(ani).toMatchObject({ devices: 1, waitMs: 0, mustChangePassword: false, mayManage: true });
  expect(ani?.lastSeenAt).toBeGreaterThan(0);
  expect(budi).toMatchObject({ devices: 0, lastSeenAt: null });
  expect(budi?.waitMs).toBeGreaterThan(0);
  expect((await search(grace, { query: 'grace' })).people[0]?.mayManage).toBe(false);
});

test('a supervisor resets and revokes for the own officers; those of others are as if they were not there', async () => {
  const { url } = await openWithAdministrator();
  const [sari, citra, ani] = [
    await TestDevice.signIn(url, 'sari'),
    await TestDevice.signIn(url, 'citra'),
    await TestDevice.signIn(url, 'ani'),
  ];
  const post = (path: string) => sari.fetch(path, { method: 'POST' });
  for (const person of ['citra', 'tono', 'grace', 'nobody'])
    expect((await post(`/api/people/${person}/reset-password`)).status).toBe(404);
  expect((await post(`/api/devices/${citra.me.device.id}/revoke`)).status).toBe(404);
  expect((await sari.fetch('/api/people/citra/devices')).status).toBe(404);
  expect((await citra.fetch('/api/me')).status).toBe(200);
  expect((await post(`/api/devices/${ani.me.device.id}/revoke`)).status).toBe(204);
  expect(await (await ani.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });
});

test.each(['sari', 'koko', 'ani'])('%s changes nobody and imports nobody', async (userName) => {
  const { url, storage } = await openWithAdministrator();
  const device = await TestDevice.signIn(url, userName);
  const before = storage.read((reader) => reader.people());
  expect((await patch(device, 'budi', { role: 'administrator' })).status).toBe(403);
  expect((await patch(device, userName, { role: 'administrator' })).status).toBe(403);
  const { status } = await importFile(device, 'apply', `${HEADER}joni,Joni,officer,\n`);
  expect(status).toBe(403);
  expect(storage.read((reader) => reader.people())).toEqual(before);
});

test('an administrator changes role, name and code; a bad field is named and nothing changes', async () => {
  const { url, storage } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const budi = await TestDevice.signIn(url, 'budi');
  expect((await patch(grace, 'budi', { role: 'supervisor', name: 'Budi  Lumi' })).status).toBe(204);
  expect(storage.read((reader) => reader.person('budi'))).toMatchObject({
    role: 'supervisor',
    name: 'Budi Lumi',
    code: '',
  });
  expect(((await (await budi.fetch('/api/me')).json()) as { person: unknown }).person).toMatchObject({
    role: 'supervisor',
  });
  const bad = await patch(grace, 'budi', { name: 'B', code: '12345' });
  expect(bad.status).toBe(422);
  expect(await bad.json()).toEqual({ code: 'bad-content', paths: ['name/name-form', 'code/code-form'] });
  expect((await patch(grace, 'budi', { role: 'king' })).status).toBe(400);
  expect((await patch(grace, 'nobody', { name: 'Budi' })).status).toBe(404);
  expect(storage.read((reader) => reader.person('budi'))?.name).toBe('Budi Lumi');
});

test('nobody takes the last administrator away; who has left is signed out at once', async () => {
  const { url, storage } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  for (const change of [{ role: 'officer' }, { isEnded: true }]) {
    const refused = await patch(grace, 'grace', change);
    expect(await refused.json()).toEqual({ code: 'bad-content', paths: ['role/last-administrator'] });
  }
  const ani = await TestDevice.signIn(url, 'ani');
  expect((await patch(grace, 'ani', { isEnded: true })).status).toBe(204);
  expect(await (await ani.fetch('/api/me')).json()).toMatchObject({ code: 'revoked' });
  await expect(TestDevice.signIn(url, 'ani')).rejects.toThrow('401');
  expect((await search(grace)).people.at(-1)).toMatchObject({ userName: 'ani', devices: 0 });
  expect((await patch(grace, 'ani', { isEnded: false })).status).toBe(204);
  expect(storage.read((reader) => reader.person('ani'))?.endedAt).toBeNull();
  await TestDevice.signIn(url, 'ani');
});

test('a file is checked, then imported; its one-time passwords come once and let their people in', async () => {
  const { url, storage } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const file = `${HEADER}joni,Joni Lumi,officer,0301\nrini,Rini,supervisor,030\nani,ANI,officer,0101\n`;
  const { lines: checked } = await importFile(grace, 'check', file);
  const report = { rows: 3, added: 2, changed: 0, unchanged: 1, faultyRows: 0, faults: [] };
  expect(checked).toEqual([{ kind: 'report', report, isImported: false }]);
  expect(storage.read((reader) => reader.personByUserName('joni'))).toBeNull();

  const { lines } = await importFile(grace, 'apply', file);
  expect(lines.map(({ kind }) => kind)).toEqual(['progress', 'progress', 'slip', 'slip', 'report']);
  expect(lines.at(-1)).toEqual({ kind: 'report', report, isImported: true });
  const slip = lines.find((line) => line.kind === 'slip');
  expect(slip).toMatchObject({ userName: 'joni', name: 'Joni Lumi', role: 'officer' });
  const response = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    body: JSON.stringify({ userName: 'joni', password: slip?.password, deviceLabel: 'hp' }),
  });
  expect(await response.json()).toMatchObject({ mustChangePassword: true });

  const { lines: again } = await importFile(grace, 'apply', file);
  expect(again).toMatchObject([{ kind: 'report', isImported: true, report: { unchanged: 3 } }]);
  const { lines: bad } = await importFile(grace, 'apply', `${HEADER}maria,Maria,officer,\nx,,,\n`);
  expect(bad).toMatchObject([{ kind: 'report', isImported: false, report: { faultyRows: 1 } }]);
  expect(storage.read((reader) => reader.personByUserName('maria'))).toBeNull();
});

test('a file that is too large, and a mode nobody knows, are refused', async () => {
  const { url } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const large = Buffer.alloc(8 * 1024 * 1024 + 1, `${' '.repeat(1000)}\n`);
  const announced = await importFile(grace, 'check', large);
  expect(announced).toEqual({ status: 413, lines: [{ code: 'too-large' }] });
  // Without a length: it shows while it is read.
  const response = await grace.fetch('/api/people/import?mode=check', {
    method: 'POST',
    body: new Blob([HEADER, large]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect(await response.json()).toEqual({ kind: 'failure', code: 'too-large' });
  expect((await importFile(grace, 'now', HEADER)).status).toBe(400);
}, 60_000);

test('who goes away while passwords are made has called the import off; the next one may begin', async () => {
  const { url, storage } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const rows = Array.from({ length: 200 }, (_, index) => `orang${index},Orang ${index},officer,`).join('\n');
  const away = new AbortController();
  const response = await grace.fetch('/api/people/import?mode=apply', {
    method: 'POST',
    body: `${HEADER}${rows}\n`,
    signal: away.signal,
  });
  const reader = response.body?.getReader();
  await reader?.read();
  const { lines: second } = await importFile(grace, 'check', HEADER);
  expect(second).toEqual([{ code: 'rate-limited' }]);
  away.abort();
  await expect
    .poll(async () => (await importFile(grace, 'check', `${HEADER}joni,Joni,officer,\n`)).status, {
      timeout: 20_000,
    })
    .toBe(200);
  expect(storage.read((reader_) => reader_.people())).toHaveLength(8);
}, 30_000);

test('nobody is added before all one-time passwords have gone out; who goes away before has none to hand out', async () => {
  const { storage, relay, url } = await openWithAdministrator();
  const grace = await TestDevice.signIn(url, 'grace');
  const rows = Array.from({ length: 6 }, (_, index) => `orang${index},Orang ${index},officer,`).join('\n');
  const send = async () =>
    await createApp(relay.context).request(
      '/api/people/import?mode=apply',
      {
        method: 'POST',
        body: `${HEADER}${rows}\n`,
        headers: { authorization: `Bearer ${grace.token}` },
      },
      { incoming: { headers: {}, socket: { remoteAddress: '127.0.0.1' } } },
    );
  const isThere = () => storage.read((reader) => reader.personByUserName('orang0')) !== null;
  const readSlips = async (reader: ReadableStreamDefaultReader<Uint8Array>, most: number) => {
    for (let slips = 0; slips < most;) {
      const { value = new Uint8Array() } = await reader.read();
      if (Buffer.from(value).includes('"slip"')) slips++;
    }
  };
  const away = (await send()).body?.getReader();
  if (!away) throw new Error('no answer');
  await readSlips(away, 1);
  expect(isThere()).toBe(false);
  await away.cancel();
  expect(isThere()).toBe(false);
  const lines = (await (await send()).text()).trim().split('\n');
  expect(lines).toHaveLength(13);
  expect(isThere()).toBe(true);
});
