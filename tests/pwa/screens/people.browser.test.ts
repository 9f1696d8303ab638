import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { ok } from '@rukun/core/foundation';
import { MemoryApp } from '../support/memory-app.ts';
import { device, entry, MemoryPeople, REPORT } from '../support/memory-people.ts';
import { somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

function open(path: string, role: 'administrator' | 'supervisor' | 'officer' = 'administrator') {
  const app = new MemoryApp(somebody(role));
  const centre = new MemoryPeople();
  app.peopleControl = centre;
  return { app, centre, show: () => new Screen(app, path) };
}

const listed = (screen: Screen) => screen.all('[data-person]').map((row) => row.dataset['person']);

async function choose(screen: Screen, text = 'x') {
  const input = (await screen.find('[data-import-file]')) as HTMLInputElement;
  await userEvent.upload(input, new File([text], 'orang.csv', { type: 'text/csv' }));
}

test('the menu leads each to what is theirs: people, the team, the own devices', async () => {
  for (const [role, words] of [
    ['administrator', 'Orang'],
    ['supervisor', 'Tim saya'],
  ] as const) {
    const { centre, show } = open('/', role);
    centre.people = [entry('petugas1')];
    const screen = show();
    await screen.click('[data-app-menu]');
    const link = await screen.find('nav a[href="/orang"]');
    expect(screen.text(link)).toBe(words);
    await screen.click('nav a[href="/orang"]');
    await screen.until(() => listed(screen).join() === 'petugas1');
    expect(screen.query('[data-import]') !== null).toBe(role === 'administrator');
  }
  const { show } = open('/', 'officer');
  const screen = show();
  await screen.click('[data-app-menu]');
  await screen.find('nav a[href="/perangkat"]');
  expect(screen.query('nav a[href="/orang"]')).toBeNull();
});

test('people are found by name and role, page by page; nothing found can be cleared', async () => {
  const { centre, show } = open('/orang');
  centre.people = Array.from({ length: 60 }, (_, index) => entry(`petugas${index}`));
  centre.people.push(entry('pengawas1', { role: 'supervisor' }));
  const screen = show();
  await screen.until(() => listed(screen).length === 50);
  await screen.click('[data-page-on]');
  await screen.until(() => listed(screen).length === 11);
  await userEvent.selectOptions(await screen.find('[data-people-role]'), 'supervisor');
  await screen.until(() => listed(screen).join() === 'pengawas1');
  await userEvent.fill(await screen.find('[data-people-search]'), 'tidak ada');
  await screen.click('[data-nobody] button');
  await screen.until(() => listed(screen).length === 50);
  expect(centre.searches.at(-1)).toEqual({ query: '', role: null, page: 0 });
});

test('a list says in words who is locked out, new, has a one-time password, or has left', async () => {
  const { centre, show } = open('/orang');
  centre.people = [
    entry('a', { waitMs: 90_000 }),
    entry('b', { lastSeenAt: null, mustChangePassword: true }),
    entry('c', { mustChangePassword: true }),
    entry('d', { endedAt: 5 }),
    entry('e'),
  ];
  const screen = show();
  await screen.until(() => listed(screen).length === 5);
  expect(screen.all('[data-person-state]').map((pill) => screen.text(pill))).toEqual([
    'Terkunci sementara',
    'Belum pernah masuk',
    'Sandi sekali pakai',
    'Selesai bertugas',
    'Aktif',
  ]);
  await screen.click('[data-person=a]');
  expect(screen.text(await screen.find('[data-person-open=a]'))).toContain('2 menit');
});

test('without a link the screen says so, and goes on when it is back', async () => {
  const { centre, show } = open('/orang');
  centre.failure = 'unavailable';
  centre.people = [entry('petugas1')];
  const screen = show();
  const notice = await screen.find('[data-failure=unavailable]');
  expect(screen.text(notice)).toContain('dibutuhkan sambungan ke pusat');
  centre.failure = null;
  await screen.click('[data-failure] button');
  await screen.until(() => listed(screen).length === 1);
});

test('a lost phone is shut out after it was said what happens with it', async () => {
  const { centre, show } = open('/orang', 'supervisor');
  centre.people = [entry('petugas1')];
  centre.ownDevices = [device('d1'), device('d2', { end: { at: 1, reason: 'signed-out', by: 'p' } })];
  const screen = show();
  await screen.click('[data-person=petugas1]');
  await screen.click('[data-revoke=d1]');
  expect(centre.asked).toEqual([]);
  expect(screen.text(await screen.find('[data-device=d1]'))).toContain('diserahkan dahulu');
  await screen.click('[data-revoke-confirm]');
  await screen.find('[data-device=d1][data-device-end=revoked]');
  expect(centre.asked).toEqual(['revoke d1']);
  expect(screen.query('[data-revoke=d2]')).toBeNull();
});

test('a new password is shown once and is gone when it is closed', async () => {
  const { centre, show } = open('/orang', 'supervisor');
  centre.people = [entry('petugas1')];
  const screen = show();
  await screen.click('[data-person=petugas1]');
  await screen.click('[data-reset]');
  expect(centre.asked).toEqual([]);
  await screen.click('[data-reset-confirm]');
  expect(screen.text(await screen.find('[data-one-time]'))).toBe('kuba-rosi-tamu-jeko-wisa');
  await screen.click('rk-reset-password .main');
  await screen.find('[data-reset]');
  expect(screen.text()).not.toContain('kuba-rosi');
  expect(screen.query('[data-edit]')).toBeNull();
});

test('a role is changed after a question; what the centre does not take is told at its field', async () => {
  const { centre, show } = open('/orang');
  centre.people = [entry('petugas1')];
  const screen = show();
  await screen.click('[data-person=petugas1]');
  await screen.click('[data-edit] summary');
  await userEvent.selectOptions(await screen.find('[data-edit-role]'), 'supervisor');
  await screen.click('[data-edit-save]');
  expect(centre.patches).toEqual([]);
  centre.refused = ['code/code-form'];
  await screen.click('[data-edit-confirm]');
  await screen.find('[data-wrong=code-form]');
  centre.refused = null;
  await screen.click('[data-edit-save]');
  await screen.click('[data-edit-confirm]');
  await screen.find('[data-saved]');
  expect(centre.patches.at(-1)).toEqual({
    name: 'Nama petugas1',
    role: 'supervisor',
    code: '0101',
    area: '',
    isEnded: false,
  });
});

test('a coordinator without a kecamatan is shown to see nothing until its code is filled in', async () => {
  const { centre, show } = open('/orang');
  centre.people = [entry('koseka1', { role: 'coordinator', code: '' })];
  const screen = show();
  await screen.click('[data-person=koseka1]');
  await screen.find('[data-area-none]');
  await screen.click('[data-edit] summary');
  centre.refused = ['area/area-missing'];
  await screen.click('[data-edit-save]');
  await screen.find('[data-wrong=area-missing]');
  centre.refused = null;
  await userEvent.type(await screen.find('[name=area]'), '7102990');
  await screen.click('[data-edit-save]');
  await screen.find('[data-saved]');
  expect(centre.patches.at(-1)).toMatchObject({ role: 'coordinator', area: '7102990' });
});

test('the own devices can be signed out, all but the one in the hand', async () => {
  const { centre, show } = open('/perangkat', 'officer');
  centre.ownDevices = [device('here', { isThis: true }), device('lost')];
  const screen = show();
  await screen.find('[data-device=here]');
  expect(screen.query('[data-revoke=here]')).toBeNull();
  await screen.click('[data-revoke=lost]');
  await screen.click('[data-revoke-confirm]');
  await screen.until(() => centre.asked.includes('revoke lost'));
});

test('a file is checked, mended, checked again, imported; its passwords are asked about before they are gone', async () => {
  const { centre, show } = open('/orang/impor');
  centre.report = {
    ...REPORT,
    added: 1,
    faultyRows: 1,
    faults: [{ line: 3, column: 'role', reason: 'role-unknown' }],
  };
  const screen = show();
  await choose(screen);
  const row = screen.text(await screen.find('[data-fault=role-unknown]'));
  expect(row).toContain('3 peran Peran tidak dikenal');
  expect(screen.query('[data-import-apply]')).toBeNull();
  centre.report = REPORT;
  await choose(screen);
  await screen.click('[data-import-apply]');
  await screen.find('[data-import-step=importing]');
  centre.progress(1, 2);
  await screen.until(() => screen.text().includes('1 dari 2'));
  const slip = { userName: 'joni', name: 'Joni', role: 'officer', password: 'kuba-rosi' } as const;
  centre.finishImport(ok({ report: REPORT, isImported: true, slips: [slip] }));
  expect(screen.text(await screen.find('[data-slip=joni]'))).toContain('kuba-rosi');

  history.pushState(null, '', '/orang');
  dispatchEvent(new PopStateEvent('popstate'));
  await screen.find('[data-people]');
  await screen.click('[data-import]');
  await screen.find('[data-slip=joni]');

  await screen.click('[data-finish]');
  await screen.click('[data-finish-anyway]');
  await screen.click('[data-import]');
  await screen.find('[data-import-step=choose]');
  expect(screen.text()).not.toContain('kuba-rosi');
});

test('an import that is called off changes nothing and says so', async () => {
  const { centre, show } = open('/orang/impor');
  const screen = show();
  await choose(screen);
  await screen.click('[data-import-apply]');
  await screen.find('[data-import-step=importing]');
  await screen.click('[data-import-step=importing] .stack button');
  await screen.until(() => screen.text().includes('Impor dibatalkan'));
  expect(centre.asked.at(-1)).toBe('import');
});

test('nobody but an administrator gets to the import', async () => {
  const { show } = open('/orang/impor', 'supervisor');
  const screen = show();
  await screen.find('rk-overview-screen');
  expect(screen.query('[data-import-step]')).toBeNull();
});
