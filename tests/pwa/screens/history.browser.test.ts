import { userEvent } from 'vitest/browser';
import { beforeEach, describe, expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import type { MemoryHousehold } from '../support/memory-household.ts';
import { OFFICER, SUPERVISOR } from '../support/people.ts';
import { Screen } from '../support/screen.ts';
import { ScriptedPast } from '../support/scripted-past.ts';

let app: MemoryApp;
let family: MemoryHousehold;
let past: ScriptedPast;

beforeEach(() => {
  app = new MemoryApp();
  family = app.household('h1', { answers: completeHousehold('family') });
  past = new ScriptedPast();
  app.pastOfAll = past.past;
});

/** Opens the form and the history of a question, as a person does. */
async function ask(place: string, page: string): Promise<Screen> {
  const screen = new Screen(app, '/keluarga/h1');
  await screen.goTo(page);
  await screen.click(`[data-place="${place}"] [data-tool=hint]`);
  await screen.click(`[data-history-of="${place}"]`);
  await screen.find('rk-history dialog[open]');
  return screen;
}

async function askFamily(): Promise<Screen> {
  const screen = new Screen(app, '/keluarga/h1');
  const menu = await screen.find('[data-menu]');
  if (menu.checkVisibility()) {
    await userEvent.click(menu);
    await screen.click('dialog [data-family-history]');
  } else await screen.click('aside [data-family-history]');
  await screen.find('rk-history dialog[open]');
  return screen;
}

describe('the history of a question', () => {
  test('[HI2] lists every value in words, newest first, with who, when on the device and at the centre, and what was before', async () => {
    past
      .wrote('answers/303', '8', { by: '' })
      .wrote('answers/303', '5')
      .wrote('answers/303', null, { by: SUPERVISOR.id });
    const screen = await ask('answers/303', 'III');
    await screen.find('[data-entry="3"]');
    const texts = screen.all('rk-question-history [data-entry]').map((entry) => screen.text(entry));
    expect(texts).toHaveLength(3);
    expect(texts[0]).toContain('(dikosongkan)');
    expect(texts[0]).toContain(SUPERVISOR.name);
    expect(texts[0]).toMatch(/Sebelumnya di pusat: 5 · /);
    expect(texts[1]).toMatch(/^5 · /);
    expect(texts[1]).toContain('Sebelumnya di pusat: 8 · Tanah');
    expect(texts[1]).toMatch(/20 Nov 2026.*diterima pusat 20 Nov 2026/);
    expect(texts[2]).toContain('8 · Tanah');
    expect(texts[2]).toContain('Isian pertama');
    expect(texts[2]).toContain('Pusat (prelist)');
    expect(past.asked).toEqual(['/api/documents/household/h1/history?path=answers%2F303']);
  });

  test('[HI2] marks the answer of now', async () => {
    const now = family.snapshot.get().answers['303'] ?? null;
    past.wrote('answers/303', '8').wrote('answers/303', now);
    const screen = await ask('answers/303', 'III');
    expect(screen.text(await screen.find('[data-entry="2"] [data-mark=current]'))).toContain(
      'Dipakai sekarang',
    );
    expect(screen.query('[data-entry="1"] [data-mark]')).toBeNull();
  });

  test('[HI2] marks answers that stand side by side', async () => {
    const now = family.snapshot.get().answers['303'] ?? null;
    past.wrote('answers/303', '8', { by: SUPERVISOR.id }).wrote('answers/303', now, { by: OFFICER.id });
    family.standBeside({ member: null, question: '303' }, '8', SUPERVISOR.id);
    const screen = await ask('answers/303', 'III');
    const standing = await screen.find('[data-entry="1"] [data-mark=standing]');
    expect(screen.text(standing)).toContain('Berdiri berdampingan');
    await screen.find('[data-entry="2"] [data-mark=current]');
  });

  test('[HI2] is reached by keyboard alone, and Escape leads back to the form', async () => {
    past.wrote('answers/303', '8');
    const screen = new Screen(app, '/keluarga/h1');
    await screen.goTo('III');
    (await screen.find('[data-place="answers/303"] [data-tool=hint]')).focus();
    await screen.type('{Enter}{Tab}{Tab}');
    await screen.until(() => screen.query('[data-history-of="answers/303"]')?.matches(':focus'));
    await screen.type('{Enter}');
    await screen.find('[data-entry="1"]');
    await screen.type('{Escape}');
    await screen.until(() => screen.query('rk-history') === null);
    expect(screen.focused()).toBe('answers/303');
  });
});

describe('while there is no history to show', () => {
  test('[HI3] it says that it is on its way', async () => {
    let arrive: () => void = () => undefined;
    past.slow = new Promise((resolve) => (arrive = resolve));
    past.wrote('answers/303', '8');
    const screen = await ask('answers/303', 'III');
    expect(screen.text(await screen.find('rk-history [role=status]'))).toContain('Mengambil riwayat');
    arrive();
    await screen.find('[data-entry="1"]');
  });

  test('[HI3] without a link it says that history needs one, and comes by itself when the link is back', async () => {
    past.failure = 'unavailable';
    past.wrote('answers/303', '8');
    app.syncState.set({ ...app.syncState.get(), link: 'offline' });
    const screen = await ask('answers/303', 'III');
    const said = await screen.find('[data-history-failed=unavailable]');
    expect(screen.text(said)).toContain('butuh sambungan');
    past.failure = null;
    app.syncState.set({ ...app.syncState.get(), link: 'online' });
    await screen.find('[data-entry="1"]');
  });

  test('[HI3] a refusal of the centre is said in its own words and can be tried again', async () => {
    past.failure = 'forbidden';
    const screen = await ask('answers/303', 'III');
    expect(screen.text(await screen.find('[data-history-failed=forbidden]'))).toContain('tidak berhak');
    past.failure = null;
    past.wrote('answers/303', '8');
    await screen.click('[data-history-retry]');
    await screen.find('[data-entry="1"]');
  });

  test('[HI3] nothing written yet is said, and so is that unsent answers are not in it', async () => {
    const screen = await ask('answers/303', 'III');
    await screen.find('rk-history [data-empty]');
    expect(screen.text(await screen.find('rk-history [data-unsent]'))).toContain('belum diterima pusat');
    family.ticks.set({ ...family.ticks.get(), relay: true });
    await screen.until(() => screen.query('rk-history [data-unsent]') === null);
  });
});

describe('the history of a family', () => {
  test('[HI5] newest first under its days; what came together stands together', async () => {
    past
      .wrote('household/origin', 'prelist', { by: '' })
      .wrote('answers/108', 'SITI AMINAH', { by: '', commit: 1 })
      .wrote('answers/303', '5', { at: Date.UTC(2026, 10, 21, 2, 0), commit: 2 })
      .wrote('answers/304', '2', { at: Date.UTC(2026, 10, 21, 2, 1), commit: 2 });
    const screen = await askFamily();
    await screen.find('[data-moment="2"]');
    expect(screen.all('rk-family-history [data-day]').map((day) => day.dataset['day'])).toEqual([
      '2026-11-21',
      '2026-11-20',
    ]);
    expect(screen.all('[data-moment="2"] [data-subject]').map((row) => row.dataset['subject'])).toEqual([
      '304',
      '303',
    ]);
    expect(screen.text(await screen.find('[data-moment="1"]'))).toContain('Keluarga masuk daftar');
  });

  test('[HI5] is filtered by member and by question', async () => {
    const [head, other] = family.snapshot.get().members;
    past.wrote('answers/303', '5').wrote(`member/${head?.id}/405`, '1').wrote(`member/${other?.id}/405`, '2');
    const screen = await askFamily();
    const shown = () => screen.all('rk-family-history [data-subject]').map((row) => screen.text(row));
    await screen.find('[data-moment="3"]');
    expect(shown()).toHaveLength(3);
    await userEvent.selectOptions(await screen.find('[data-filter-who]'), head?.id ?? '');
    await screen.until(() => shown().length === 1);
    expect(shown()[0]).toContain(String(head?.answers['402']));
    await userEvent.selectOptions(await screen.find('[data-filter-who]'), '');
    await userEvent.selectOptions(await screen.find('[data-filter-what]'), '303');
    await screen.until(() => shown().length === 1);
    expect(shown()[0]).toContain('303.');
  });

  test('[HI5] tells of members, remarks, status and positions in words', async () => {
    past
      .wrote('member/k3f9/order', 'a1')
      .wrote('member/k3f9/removed', 'Tercatat dua kali')
      .wrote('member/k3f9/removed', null)
      .wrote('remark/k3f10/text', 'Pagar terkunci')
      .wrote('fix/k3f11/latitude', 1.2)
      .wrote('fix/k3f11/accuracy', 7.6)
      .wrote('event/k3f12/reason', '')
      .wrote('event/k3f12/type', 'submitted')
      .wrote('event/s7b1/reason', 'Periksa 303', { by: SUPERVISOR.id })
      .wrote('event/s7b1/type', 'returned', { by: SUPERVISOR.id });
    const screen = await askFamily();
    await screen.find('[data-moment="1"]');
    const said = screen.all('rk-family-history .value').map((row) => screen.text(row));
    expect(said).toEqual([
      'Dikembalikan. Alasan: Periksa 303',
      'Dikirim',
      'Titik disimpan, ketelitian 8 m',
      'Pagar terkunci',
      'Dikembalikan ke daftar',
      'Dikeluarkan: Tercatat dua kali',
      'Anggota ditambahkan',
    ]);
  });

  test('[HI5] a moment with many changes is folded, and more moments come on request', async () => {
    for (let index = 0; index < 30; index++) past.wrote('answers/303', String(index), { commit: index + 1 });
    const many = ['301a', '301b', '302', '303', '304', '305', '306a', '307a'];
    for (const question of many) past.wrote(`answers/${question}`, '1', { commit: 99 });
    const screen = await askFamily();
    await screen.find('[data-moment="99"]');
    const count = () => screen.all('[data-moment="99"] [data-subject]').length;
    expect(count()).toBe(6);
    await screen.click('[data-moment="99"] [data-unfold]');
    await screen.until(() => count() === 8);
    expect(screen.all('rk-family-history [data-moment]')).toHaveLength(20);
    await screen.click('rk-family-history [data-more]');
    await screen.until(() => screen.all('rk-family-history [data-moment]').length === 31);
  });
});
