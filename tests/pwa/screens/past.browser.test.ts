import { encodeStateAsUpdate } from 'yjs';
import { beforeEach, expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import type { MemoryHousehold } from '../support/memory-household.ts';
import { Screen } from '../support/screen.ts';
import { ScriptedPast } from '../support/scripted-past.ts';

let app: MemoryApp;
let family: MemoryHousehold;
let past: ScriptedPast;
const FLOOR = { member: null, question: '303' };

beforeEach(() => {
  app = new MemoryApp();
  family = app.household('h1', { answers: completeHousehold('family') });
  past = new ScriptedPast();
  app.pastOfAll = past.past;
  family.household.answer(FLOOR, '8');
  family.household.answer({ member: null, question: 'HP' }, '12345');
  family.household.addRemark('answers/303', 'Lantai tanah di dapur');
  past.wrote('answers/303', '8');
  past.updates.set(1, encodeStateAsUpdate(family.doc));
  family.household.answer(FLOOR, '2');
  past.wrote('answers/303', '2');
});

test('[HI6] a moment of the history leads to the form as it stood then, and back to now', async () => {
  const screen = new Screen(app, '/keluarga/h1');
  const menu = await screen.find('[data-menu]');
  if (menu.checkVisibility()) {
    menu.click();
    await screen.click('dialog [data-family-history]');
  } else await screen.click('aside [data-family-history]');
  await screen.click('[data-show-then="1"]');
  const banner = await screen.find('[data-past-banner]');
  expect(location.pathname).toBe('/keluarga/h1/saat/1');
  expect(screen.text(banner)).toMatch(/Formulir pada 20 Nov 2026/);
  expect(screen.text(banner)).toContain('Hanya baca');
  await screen.goTo('III');
  expect(screen.value('answers/303')).toBe('8');
  await screen.click('[data-past-now]');
  await screen.find('rk-household-screen [data-page]');
  await screen.goTo('III');
  expect(screen.value('answers/303')).toBe('2');
});

test('[HI6] nothing on it writes: no field, no remark, no member, no position, no suggestion', async () => {
  const before = encodeStateAsUpdate(family.doc);
  const screen = new Screen(app, '/keluarga/h1/saat/1');
  await screen.goTo('III');
  const fields = screen.all('rk-past-screen [data-input]') as HTMLInputElement[];
  expect(fields.length).toBeGreaterThan(5);
  for (const field of fields) expect(field.readOnly || field.disabled).toBe(true);
  await screen.click('[data-place="answers/303"] [data-tool=remarks]');
  expect(screen.text(await screen.find('[data-remark]'))).toContain('Lantai tanah di dapur');
  const writers = [
    '[data-remark-text]',
    '[data-remark-save]',
    '[data-remark] button',
    '[data-justify]',
    '[data-choose]',
    '[data-suggestion]',
    '[data-add-member]',
    '[data-add-another]',
    '[data-keep-fix]',
    '[data-remove]',
    '[data-move]',
    '[data-history-of]',
  ];
  const offered = () =>
    writers
      .flatMap((each) => screen.all(each))
      .filter((each) => !(each as HTMLButtonElement).disabled)
      .map((each) => each.outerHTML);
  expect(offered()).toEqual([]);
  await screen.click('[data-place="answers/303"] [data-tool=hint]');
  expect(offered()).toEqual([]);
  for (const page of ['I', 'GEO', 'II', 'III', 'roster', 'V', 'VI']) {
    await screen.goTo(page);
    expect(offered()).toEqual([]);
  }
  expect(screen.query('[data-open-page=submit]')).toBeNull();
  expect(encodeStateAsUpdate(family.doc)).toEqual(before);
});

test('[HI6] without a link, and where the centre has nothing, it says so and leads back', async () => {
  past.failure = 'unavailable';
  const screen = new Screen(app, '/keluarga/h1/saat/1');
  expect(screen.text(await screen.find('[data-past-failed=unavailable]'))).toContain('butuh sambungan');
  past.failure = null;
  past.updates.clear();
  await screen.click('[data-history-retry]');
  expect(screen.text(await screen.find('[data-past-failed=not-found]'))).toContain('tidak punya formulir');
  await screen.click('[data-past-now]');
  await screen.find('rk-household-screen [data-page]');
});

test('[HI6] an address that names no moment is the form of now', async () => {
  for (const path of ['/keluarga/h1/saat/0', '/keluarga/h1/saat/x', '/keluarga/h1/saat/9999999999999999']) {
    const screen = new Screen(app, path);
    await screen.find('rk-household-screen [data-page]');
    expect(screen.query('rk-past-screen')).toBeNull();
  }
});
