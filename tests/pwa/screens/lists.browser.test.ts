import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { AREA, OFFICER, OTHER_AREA, SUPERVISOR, somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

function appWithFamilies(role: 'officer' | 'supervisor' = 'officer') {
  const app = new MemoryApp(somebody(role));
  app.household('a1', { answers: completeHousehold('family') });
  app.household('a2', { head: 'MARTHA WUISAN', area: OTHER_AREA });
  app.household('a3', { head: 'YOHANIS LUMI' }).household.addEvent('submitted');
  app.listAll();
  return app;
}

function families(screen: Screen): string[] {
  return screen.all('[data-family]').map((row) => row.dataset['family'] ?? '');
}

test('searching finds by name, address and number; nothing found can be cleared', async () => {
  const screen = new Screen(appWithFamilies());
  await screen.until(() => families(screen).length === 3);
  const box = await screen.find('[data-search]');
  await userEvent.fill(box, 'martha');
  await screen.until(() => families(screen).join() === 'household/a2');
  await userEvent.fill(box, '12/14');
  await screen.until(() => families(screen).join() === 'household/a1');
  await userEvent.fill(box, 'tidak ada');
  await screen.click('[data-no-match] button');
  expect(await screen.until(() => families(screen).length === 3)).toBe(true);
});

test('filters show their counts and combine with the area', async () => {
  const screen = new Screen(appWithFamilies());
  const chip = await screen.find('[data-filter=submitted]');
  expect(screen.text(chip)).toBe('Submitted 1');
  await screen.click('[data-filter=submitted]');
  await screen.until(() => families(screen).join() === 'household/a3');
  await userEvent.selectOptions(await screen.find('[data-area-filter]'), OTHER_AREA);
  await screen.find('[data-no-match]');
});

test('three ticks are told in words', async () => {
  const app = appWithFamilies();
  const screen = new Screen(app);
  await screen.find('[data-family]');
  expect(screen.text(screen.all('[data-family="household/a1"] .ticks')[0])).toContain('belum diterima pusat');
  app.list.set(app.list.get().map((entry) => ({ ...entry, ticks: { ...entry.ticks, relay: true } })));
  await screen.find('[data-family="household/a1"] [data-tick=relay][data-on]');
});

test('an empty list says what to do, and the first load says how far it is', async () => {
  const app = new MemoryApp();
  const screen = new Screen(app);
  await screen.find('[data-empty]');
  app.arriving.set({ here: 120 });
  expect(await screen.until(() => screen.text().includes('Mengunduh keluarga… 120'))).toBe(true);
});

test('a family found on the way is added in a chosen area and opened', async () => {
  const app = appWithFamilies();
  const screen = new Screen(app);
  await screen.click('[data-add-family]');
  await screen.click(`[data-add-in="${OTHER_AREA}"]`);
  await screen.find('[data-page=I]');
  expect(location.pathname).toBe('/keluarga/added3');
});

test('the supervisor sees the areas by officer and opens one', async () => {
  const screen = new Screen(appWithFamilies('supervisor'));
  const card = await screen.find(`[data-area="${AREA}"]`);
  expect(screen.text(card)).toContain('1 dari 2 terkirim');
  await screen.click(`[data-area="${AREA}"]`);
  await screen.until(() => families(screen).length === 2);
});

test('the board shows who has which area', async () => {
  const app = new MemoryApp(somebody('coordinator'));
  app.assignments.set([
    { area: AREA, officer: OFFICER.id, supervisor: SUPERVISOR.id, target: 48, dueDate: '2026-12-05' },
    { area: OTHER_AREA, officer: null, supervisor: SUPERVISOR.id, target: 51, dueDate: '' },
  ]);
  const screen = new Screen(app);
  const row = await screen.find(`[data-assignment="${AREA}"]`);
  expect(screen.text(row)).toContain(OFFICER.name);
  expect(screen.text(await screen.find(`[data-assignment="${OTHER_AREA}"]`))).toContain('Belum ada petugas');
});

test('signing in says plainly what is wrong, and signing out warns of what is not at the centre', async () => {
  const app = new MemoryApp(null);
  app.signInFailure = 'wrong-credentials';
  const screen = new Screen(app);
  await userEvent.fill(await screen.find('[name=user]'), 'petugas1');
  await userEvent.fill(await screen.find('[name=password]'), 'salah');
  await screen.click('[data-sign-in]');
  await screen.find('[data-failure=wrong-credentials]');
  app.signInFailure = null;
  await screen.click('[data-sign-in]');
  await screen.click('[data-app-menu]');
  app.unstored = 3;
  await screen.click('[data-sign-out]');
  await screen.click('[data-sign-out-confirm]');
  await screen.find('[data-unstored="3"]');
  expect(app.me.get()).not.toBeNull();
  await screen.click('[data-sign-out-confirm]');
  await screen.find('[name=user]');
});

test('where the centre wants a new sign-in the list stays, and a notice leads there and back', async () => {
  const app = appWithFamilies();
  const screen = new Screen(app);
  await screen.until(() => families(screen).length === 3);
  expect(screen.query('[data-sign-in-again]')).toBeNull();
  app.syncState.set({ ...app.syncState.get(), failure: 'unauthenticated' });
  await screen.click('[data-sign-in-again] button');
  await screen.find('[data-why="again"]');
  // Trying again meanwhile takes nobody away from what they type.
  app.syncState.set({ ...app.syncState.get(), failure: 'unavailable' });
  await screen.click('rk-sign-in-screen [data-back]');
  await screen.until(() => families(screen).length === 3);
  app.syncState.set({ ...app.syncState.get(), failure: 'unauthenticated' });
  await screen.click('[data-sync]');
  await screen.click('rk-dialog [data-sign-in-again] button');
  await screen.find('[data-why="again"]');
  app.me.set({ ...somebody(), device: { id: 'd-again', tag: 'k3g' } });
  await screen.until(() => families(screen).length === 3);
  expect(screen.query('[data-why="again"]')).toBeNull();
});

test('coming back from a form goes on at the same family, with the same search', async () => {
  const screen = new Screen(appWithFamilies());
  await userEvent.fill(await screen.find('[data-search]'), '12/14');
  await screen.click('[data-filter=draft]');
  await screen.click('[data-family="household/a1"]');
  await screen.find('[data-page=I]');
  expect(document.title).toBe('Blok I. Keterangan tempat · Rukun');
  history.back();
  await screen.until(() => families(screen).join() === 'household/a1');
  expect(await screen.find('[data-search]')).toHaveProperty('value', '12/14');
  expect((await screen.find('[data-filter=draft]')).ariaPressed).toBe('true');
  expect(document.title).toBe('Daftar keluarga · Rukun');
  await screen.until(() => {
    const list = screen.query('rk-family-list');
    return list?.shadowRoot?.activeElement?.getAttribute('data-family') === 'household/a1';
  });
});

test('what the centre refused is found from the list, with the reason, and is not said to be on its way', async () => {
  const app = appWithFamilies();
  app.households.get('household/a2')?.keepBack('forbidden');
  app.listAll();
  app.syncState.set({ ...app.syncState.get(), waiting: 1 });
  const screen = new Screen(app);
  await screen.click('[data-filter=refused]');
  await screen.until(() => families(screen).join() === 'household/a2');
  await screen.click('rk-sync-badge .badge');
  await screen.find('[data-refused-family="household/a2"]');
  const panel = screen.text(await screen.find('rk-sync-badge .panel'));
  expect(panel).toContain('keluarga lain tetap dikirim');
  expect(panel).not.toContain('Biarkan aplikasi terbuka');
  await screen.click('[data-refused-family="household/a2"]');
  const banner = screen.text(await screen.find('[data-refused=forbidden]'));
  expect(banner).toContain('Anda tidak berhak mengubah ini');
  expect(banner).toContain('ubah satu isian di sini');
});
