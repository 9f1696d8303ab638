import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { completeHousehold, settingsAround } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { SUPERVISOR, somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

function openFamily(role: 'officer' | 'supervisor' = 'officer') {
  const app = new MemoryApp(somebody(role));
  const household = app.household('h1', { answers: completeHousehold('family') });
  return { app, household, show: () => new Screen(app, '/keluarga/h1') };
}

function count(screen: Screen, counter: string): string {
  return screen.query(`[data-counter=${counter}]`)?.dataset['count'] ?? '';
}

test('an error stands at its question in words, counts, and its row leads to the question', async () => {
  const { household, show } = openFamily();
  household.household.answer({ member: null, question: '112' }, 9);
  const screen = show();
  await screen.goTo('III');
  await screen.until(() => count(screen, 'errors') === '1');
  await screen.click('[data-counter=errors]');
  await screen.click('[data-jump="answers/112"]');
  await screen.untilFocused('answers/112');
  const finding = await screen.find('[data-finding="112-count"]');
  expect(screen.text(finding)).toMatch(/^Galat ?: Jumlah anggota/);
});

test('a remark that says it is so confirms a warning', async () => {
  const { household, show } = openFamily();
  household.household.answer({ member: null, question: 'HP' }, '12345');
  const screen = show();
  await screen.goTo('II');
  await screen.click('[data-finding=phone-form] [data-justify]');
  const box = await screen.find('[data-place="answers/HP"] [data-remark-text]');
  await userEvent.click(box);
  await screen.type(' nomor lama');
  await screen.click('[data-place="answers/HP"] [data-remark-save]');
  await screen.find('[data-finding=phone-form][data-confirmed]');
  const [remark] = household.snapshot.get().remarks;
  expect(remark).toMatchObject({ place: 'answers/HP', rule: 'HP/phone-form' });
  expect(remark?.text).toMatch(/^Sesuai kenyataan:.*nomor lama/);
});

test('standing answers are shown with words, author and time; choosing one settles the question', async () => {
  const { household, show } = openFamily('supervisor');
  household.standBeside({ member: null, question: '303' }, '8', SUPERVISOR.id);
  const screen = show();
  await screen.click('[data-counter=standing]');
  await screen.click('[data-jump="answers/303"]');
  const standing = await screen.find('[data-standing="answers/303"]');
  expect(screen.text(standing)).toContain('8 · Tanah');
  expect(screen.text(standing)).toContain(SUPERVISOR.name);
  expect(screen.text(standing)).toContain('Dipakai sekarang');
  await screen.click('[data-choose="77-0"]');
  await screen.until(() => screen.query('[data-standing]') === null);
  expect(household.snapshot.get().answers['303']).toBe('8');
  expect(screen.query('[data-counter=standing]')).toBeNull();
});

test('a family without errors is submitted by holding the button, and can be withdrawn', async () => {
  const { household, show } = openFamily();
  const screen = show();
  await screen.goTo('submit');
  const button = await screen.find('[data-hold]');
  button.focus();
  await userEvent.keyboard('{Enter>}');
  await screen.find('[data-state=submitted]');
  await userEvent.keyboard('{/Enter}');
  expect(household.snapshot.get().events.map((event) => event.type)).toEqual(['submitted']);
  await screen.goTo('III');
  const field = (await screen.find('[data-place="answers/303"] [data-input]')) as HTMLInputElement;
  expect(field.readOnly).toBe(true);
  await screen.click('[data-status=withdrawn]');
  await screen.click('[data-status-confirm]');
  await screen.until(
    () => !(screen.query('[data-place="answers/303"] [data-input]') as HTMLInputElement).readOnly,
  );
});

test('a short press asks instead of submitting', async () => {
  const { household, show } = openFamily();
  const screen = show();
  await screen.goTo('submit');
  await screen.click('[data-hold]');
  await screen.find('[data-submit-confirm]');
  expect(household.snapshot.get().events).toEqual([]);
  await screen.click('[data-submit-confirm]');
  await screen.find('[data-state=submitted]');
});

test('with an error there is no button to submit', async () => {
  const { household, show } = openFamily();
  household.household.answer({ member: null, question: '303' }, null);
  const screen = show();
  await screen.goTo('submit');
  await screen.find('[data-blocked]');
  expect(screen.query('[data-hold]')).toBeNull();
});

test('a supervisor returns a submitted family with a reason, which the officer reads first', async () => {
  const { household, show } = openFamily('supervisor');
  household.household.addEvent('submitted');
  const screen = show();
  await screen.click('[data-status=returned]');
  expect((await screen.find('[data-status-confirm]')) as HTMLButtonElement).toHaveProperty('disabled', true);
  await userEvent.fill(await screen.find('[data-status-reason]'), 'Periksa 303');
  await screen.click('[data-status-confirm]');
  await screen.find('[data-state=returned]');
  expect(screen.text(await screen.find('[data-reason]'))).toContain('Periksa 303');
});

test('a failed write is said at once and the answer stays', async () => {
  const { household, show } = openFamily();
  let retried = false;
  const screen = show();
  await screen.goTo('I');
  household.save.set({ state: 'failed', reason: 'full', retry: () => (retried = true) });
  await screen.find('[data-save-failed]');
  await screen.click('[data-retry]');
  expect(retried).toBe(true);
  expect(screen.value('answers/108')).toBe('BUDI SANTOSO');
});

test('the list counts what the form counts: no photo is asked for, what a remark confirmed is no open warning', async () => {
  const { app, household, show } = openFamily();
  household.household.answer({ member: null, question: 'HP' }, '12345');
  household.household.answer({ member: null, question: '112' }, 9);
  household.household.answer({ member: null, question: '303' }, null);
  const counted = () => {
    app.listAll();
    const entry = app.list.get().find((each) => each.document === household.document);
    if (!entry) throw new Error('not in the list');
    const { answered, blank, errors, warnings, remarks } = entry;
    return { answered, blank, errors, warnings, remarks };
  };
  const shown = (screen: Screen) => ({
    answered: Number(count(screen, 'answered')),
    blank: Number(count(screen, 'blank')),
    errors: Number(count(screen, 'errors')),
    warnings: Number.parseInt(
      screen.text(screen.query('rk-counters .warnings') ?? document.createElement('p')) || '0',
    ),
    remarks: Number(count(screen, 'remarks')),
  });
  const screen = show();
  await screen.until(() => Number(count(screen, 'errors')) > 0);
  expect(shown(screen)).toEqual(counted());
  expect(counted()).toMatchObject({ blank: 1, warnings: 1 });
  household.household.addRemark('answers/HP', 'nomor lama', 'HP/phone-form');
  await screen.until(() => count(screen, 'remarks') === '1');
  expect(shown(screen)).toEqual(counted());
  expect(counted().warnings).toBe(0);
});

test('the hint of a number tells the limits of this enumeration', async () => {
  const { app, show } = openFamily();
  app.settings = () => ({ ...settingsAround(), maxFloorArea: 540 });
  const screen = show();
  await screen.goTo('III');
  await screen.click('[data-place="answers/302"] [data-tool=hint]');
  expect(screen.text(await screen.find('[data-place="answers/302"] .hint'))).toMatch(/sampai 540\.$/);
});

test('a remark that was typed and not saved is kept when the page is left', async () => {
  const { household, show } = openFamily();
  const screen = show();
  await screen.goTo('III');
  await screen.click('[data-place="answers/302"] [data-tool=remarks]');
  await userEvent.click(await screen.find('[data-place="answers/302"] [data-remark-text]'));
  await screen.type('luas menurut ketua SLS');
  await screen.goTo('V');
  expect(household.snapshot.get().remarks).toMatchObject([
    { place: 'answers/302', text: 'luas menurut ketua SLS', rule: '' },
  ]);
});

test('a row that leads far down the page ends with its question in view', async () => {
  const { household, show } = openFamily();
  household.household.answer({ member: null, question: '309a' }, null);
  const screen = show();
  await screen.goTo('submit');
  await screen.click('[data-counter=blank]');
  const path = 'answers/309a';
  await screen.click(`rk-finding-list[data-list=blank] [data-jump="${path}"]`);
  await screen.untilFocused(path);
  const question = await screen.find(`rk-question[data-place="${path}"]`);
  await screen.until(() => {
    const { top, bottom } = question.getBoundingClientRect();
    return top > 0 && Math.min(bottom, top + 100) <= innerHeight;
  });
  expect(screen.query('[data-page=III]')).not.toBeNull();
});
