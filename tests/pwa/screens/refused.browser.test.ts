import { page } from 'vitest/browser';
import { describe, expect, test } from 'vitest';
import type { MemberSnapshot } from '@rukun/core/household';
import type { RefusedEdit } from '@rukun/core/sync';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { OFFICER, somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

const AT = Date.UTC(2026, 10, 21, 7, 42);

function openFamily(role: 'officer' | 'supervisor' = 'officer') {
  const app = new MemoryApp(somebody(role));
  const household = app.household('h1', { answers: completeHousehold('family') });
  const [, second] = household.snapshot.get().members;
  if (!second) throw new Error('a family of several');
  return { app, household, second, show: () => new Screen(app, '/keluarga/h1') };
}

function edit(path: string, value: unknown, changes: Partial<RefusedEdit> = {}) {
  return { path, value, standing: null, code: 'forbidden', at: AT, ...changes } as const;
}

async function openList(screen: Screen): Promise<HTMLElement> {
  await screen.click('rk-refused-notice [data-refused]');
  return screen.find('rk-refused [data-refused-list]');
}

function textOf(screen: Screen, path: string): string {
  return screen.text(screen.query(`[data-refused-edit="${path}"]`) ?? document.createElement('p'));
}

function nameOf(member: MemberSnapshot): string {
  return String(member.answers['402']);
}

describe('what the centre refused, on the form', () => {
  test('[RB24] is counted on the form as a person made it, and listed with question, value, what stands there now, reason and time', async () => {
    const { household, second, show } = openFamily();
    household.refuse(
      edit('answers/303', '8', { standing: '2' }),
      edit(`member/${second.id}/402`, 'X'.repeat(4100), { code: 'bad-content', at: AT + 60_000 }),
      edit('remark/k3f9/by', OFFICER.id, { at: AT + 120_000 }),
      edit('remark/k3f9/at', AT, { at: AT + 120_000 }),
      edit('remark/k3f9/place', 'answers/303', { at: AT + 120_000 }),
      edit('remark/k3f9/text', 'Lantai baru diganti', { at: AT + 120_000 }),
    );
    const screen = show();
    const notice = await screen.find('rk-refused-notice [data-refused=forbidden]');
    expect(screen.text(notice)).toContain('3 isian tidak diterima pusat');
    await openList(screen);
    const rows = screen.all('[data-refused-edit]').map((row) => row.dataset['refusedEdit']);
    expect(rows).toEqual(['answers/303', `member/${second.id}/402`, 'answers/303']);
    const [remark, name, floor] = screen.all('[data-refused-edit]').map((row) => screen.text(row));
    expect(remark).toContain('Catatan');
    expect(remark).toContain('pada 303.');
    expect(remark).toContain('Lantai baru diganti');
    expect(name).toContain('402.');
    expect(name).toContain(nameOf(second));
    expect(name).toContain('Terlalu panjang: 4100 huruf, paling banyak 4000');
    for (const words of ['303.', '8 · Tanah', '2 · Keramik', 'tidak berhak', '21 Nov 2026'])
      expect(floor).toContain(words);
  });

  test('[RB24] reads well where it was no answer', async () => {
    const { household, second, show } = openFamily();
    household.refuse(
      edit('event/k3f8/type', 'submitted', { at: AT }),
      edit('event/k3f8/turn', 1, { at: AT }),
      edit('fix/k3f7/latitude', 1.14, { at: AT - 1 }),
      edit('fix/k3f7/longitude', 124.8, { at: AT - 1 }),
      edit('fix/k3f7/accuracy', 8, { at: AT - 1 }),
      edit(`member/${second.id}/removed`, 'Salah tambah', { at: AT - 2 }),
      edit('member/k3f99/order', 'a5', { at: AT - 3 }),
      edit('member/k3f99/402', 'DEWI', { at: AT - 3 }),
      edit('household/area', '7102', { at: AT - 4 }),
      edit('remark/k3f5/resolved', true, { at: AT - 5, standing: false }),
    );
    const screen = show();
    await openList(screen);
    const rows = screen.all('[data-refused-edit]').map((row) => screen.text(row));
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatch(/^Status .*Dikirim/);
    expect(rows[1]).toMatch(/^Titik bangunan .*8 m/);
    expect(rows[2]).toMatch(new RegExp(`^Susunan anggota ${nameOf(second)} .*Dikeluarkan: Salah tambah`));
    expect(rows[3]).toMatch(/^Susunan anggota DEWI .*Anggota ditambahkan/);
    expect(rows[4]).toMatch(/^402\. .*DEWI .*pertanyaannya tidak ada lagi/);
    expect(rows[5]).toMatch(/^Data keluarga .*7102/);
    expect(rows[6]).toMatch(/^Catatan .*ditandai selesai/);
  });

  test('[RB25] an answer is offered at its question, and one tap fills it in again', async () => {
    const { household, show } = openFamily();
    household.refuse(edit('answers/303', '8', { standing: '2' }));
    const screen = show();
    await openList(screen);
    await screen.click('[data-refill="answers/303"]');
    await screen.untilFocused('answers/303');
    expect(screen.query('rk-refused')).toBeNull();
    const offer = await screen.find('[data-place="answers/303"] [data-suggestion]');
    expect(screen.text(offer)).toContain('8 · Tanah');
    expect(household.snapshot.get().answers['303']).not.toBe('8');
    await screen.click('[data-place="answers/303"] [data-suggestion]');
    expect(household.snapshot.get().answers['303']).toBe('8');
    await screen.until(() => screen.query('[data-place="answers/303"] [data-suggestion]') === null);
    await screen.goTo('I');
    await openList(screen);
    expect(textOf(screen, 'answers/303')).toContain('sudah sama dengan isian Anda');
    expect(screen.query('[data-refill]')).toBeNull();
  });

  test('[RB25] a text that was too long is offered as long as the field takes it, and shown in full', async () => {
    const { household, show } = openFamily();
    household.refuse(edit('answers/107', 'JALAN '.repeat(700), { code: 'bad-content' }));
    const screen = show();
    await openList(screen);
    expect(screen.text(await screen.find('rk-refused details .text'))).toHaveLength(4199);
    await screen.click('[data-refill="answers/107"]');
    await screen.untilFocused('answers/107');
    await screen.click('[data-place="answers/107"] [data-suggestion]');
    const written = household.snapshot.get().answers['107'];
    expect(written).toMatch(/^JALAN JALAN /);
    expect(String(written).length).toBeLessThanOrEqual(500);
  });

  test('[RB25] where nothing may be written it leads to the question without offering anything', async () => {
    const { household, show } = openFamily();
    household.household.addEvent('submitted');
    household.refuse(edit('answers/303', '8'));
    const screen = show();
    await openList(screen);
    expect(screen.query('[data-refill]')).toBeNull();
    await screen.click('[data-refused-look]');
    await screen.untilFocused('answers/303');
    expect(screen.query('[data-suggestion]')).toBeNull();
  });

  test('[RB26] the list is put away only when somebody says so twice, and stays while the device fails', async () => {
    const { household, show } = openFamily();
    household.refuse(edit('answers/303', '8'));
    const screen = show();
    await openList(screen);
    await screen.click('[data-refused-read]');
    await screen.until(() => deepFocus()?.id === 'ask', 'focus on the question');
    await screen.click('[data-refused-no]');
    await screen.until(() => deepFocus()?.hasAttribute('data-refused-read'), 'focus back on the button');
    expect(household.refused.get()).toHaveLength(1);
    household.isBroken = true;
    await screen.click('[data-refused-read]');
    await screen.click('[data-refused-yes]');
    await screen.find('[data-refused-failed]');
    expect(screen.all('[data-refused-edit]')).toHaveLength(1);
    household.isBroken = false;
    await screen.click('[data-refused-yes]');
    await screen.until(() => screen.query('rk-refused') === null);
    await screen.until(() => screen.query('[data-refused]') === null);
    await screen.until(() => deepFocus()?.tagName === 'H2', 'focus on the title of the page');
  });

  test('the list is opened and closed by keyboard, and the focus comes back', async () => {
    const { household, show } = openFamily();
    household.refuse(edit('answers/303', '8'));
    const screen = show();
    const notice = await screen.find('rk-refused-notice [data-refused]');
    notice.focus();
    await screen.type('{Enter}');
    await screen.find('[data-refused-edit]');
    await screen.type('{Escape}');
    await screen.until(() => screen.query('rk-refused') === null);
    expect(deepFocus()).toBe(notice);
  });

  test('a list that cannot be read is said to be there', async () => {
    const { household, show } = openFamily();
    household.ticks.set({ ...household.ticks.get(), refused: 'forbidden' });
    const screen = show();
    await openList(screen);
    expect(screen.text(await screen.find('[data-refused-unread]'))).toContain('belum bisa dibaca');
  });

  test('[RB27] a family of which nothing is taken says why and what to do, with the rescue file at hand', async () => {
    const { household, show } = openFamily();
    household.keepBack('not-found');
    const screen = show();
    const notice = await screen.find('[data-kept-back]');
    expect(screen.text(notice)).toContain('Keluarga ini tidak ada di pusat');
    await screen.click('[data-refused-what]');
    const words = screen.text(await screen.find('rk-refused [data-kept-back=not-found]'));
    expect(words).toContain('tetap tersimpan di HP ini');
    expect(words).toContain('Beri tahu pengawas');
    expect(words).toContain('ubah satu isian');
    const asked = new Promise<Event>((resolve) => {
      screen.shell.addEventListener('rk-rescue', resolve, { once: true, capture: true });
    });
    screen.shell.addEventListener('rk-rescue', (event) => event.stopImmediatePropagation(), true);
    await screen.click('rk-refused [data-rescue=write]');
    expect(await asked).toMatchObject({ detail: 'write' });
    await screen.until(() => screen.query('rk-refused') === null);
  });

  test('the list fits a screen of 320 px', async () => {
    const { household, show } = openFamily();
    household.keepBack('forbidden');
    household.refuse(edit('answers/107', 'PANJANGSEKALI'.repeat(300), { code: 'bad-content' }));
    await page.viewport(320, 640);
    try {
      const screen = show();
      await screen.click('[data-refused-what]');
      const list = await screen.find('rk-refused [data-refused-list]');
      for (const each of [list, ...screen.all('rk-refused .button')]) {
        const { left, right } = each.getBoundingClientRect();
        expect(left).toBeGreaterThanOrEqual(0);
        expect(right).toBeLessThanOrEqual(320);
      }
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
    } finally {
      await page.viewport(414, 896);
    }
  });
});

test('[RB21] what is typed, kept and moved after a rebuild goes into the copy that took the place of the old one', async () => {
  const { app, household, show } = openFamily();
  const screen = show();
  await screen.goTo('III');
  await screen.enter('answers/303');
  const field = (await screen.find('[data-place="answers/303"] [data-input]')) as HTMLInputElement;
  // Between the rebuild and the next frame the screen still shows what it was given before.
  household.rebuild();
  await screen.type('8');
  await screen.until(() => household.snapshot.get().answers['303'] === '8', `303 (${field.value})`);
  await screen.goTo('roster');
  const add = await screen.find('[data-add-member]');
  const before = household.household.snapshot().members.length;
  household.rebuild();
  add.click();
  expect(household.household.snapshot().members).toHaveLength(before + 1);
  await screen.goTo('GEO');
  const drop = await screen.find('[data-drop-fix]');
  household.rebuild();
  drop.click();
  expect(household.household.snapshot().fixes).toMatchObject([{ dropped: true }]);
  app.position.give?.({ latitude: 1.14, longitude: 124.83, accuracyMetres: 24, readings: 4 });
  const keep = await screen.find('[data-keep-fix]');
  household.rebuild();
  keep.click();
  expect(household.household.snapshot().fixes).toMatchObject([{ dropped: true }, { accuracyMetres: 24 }]);
});

function deepFocus(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
