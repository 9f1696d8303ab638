import { expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';
import { SUPERVISOR } from '../support/people.ts';

async function openBlock(page: string, filled = false) {
  const app = new MemoryApp();
  const household = app.household('h1', filled ? { answers: completeHousehold('family') } : {});
  const screen = new Screen(app, '/keluarga/h1');
  await screen.goTo(page);
  const answer = (question: string) => household.snapshot.get().answers[question];
  return { app, household, screen, answer };
}

test('a typed code chooses the option and the cursor moves to the next question that is asked', async () => {
  const { screen, answer } = await openBlock('III');
  await screen.enter('answers/301a');
  await screen.type('1');
  await screen.untilFocused('answers/301b');
  await screen.type('3');
  await screen.untilFocused('answers/302');
  expect(answer('301a')).toBe('1');
  expect(answer('301b')).toBe('3');
});

test('a question that is no longer asked disappears and its answer comes back with it', async () => {
  const { screen, household, answer } = await openBlock('III');
  await screen.enter('answers/301a');
  await screen.type('1');
  await screen.untilFocused('answers/301b');
  await screen.type('3');
  await screen.untilFocused('answers/302');
  await screen.enter('answers/301a');
  await screen.type('2');
  await screen.untilFocused('answers/302');
  expect(screen.query('[data-place="answers/301b"]')).toBeNull();
  expect(answer('301b')).toBe('3');
  await screen.enter('answers/301a');
  await screen.type('1');
  await screen.untilFocused('answers/301b');
  expect(screen.value('answers/301b')).toBe('3');
  expect(household.snapshot.get().answers['301a']).toBe('1');
});

test('a code that may go on waits for Enter; a second digit makes it another code', async () => {
  const { screen, answer } = await openBlock('III');
  await screen.enter('answers/306a');
  await screen.type('1{Enter}');
  await screen.untilFocused('answers/307a');
  expect(answer('306a')).toBe('1');
  await screen.enter('answers/306a');
  await screen.type('10');
  await screen.untilFocused('answers/307a');
  expect(answer('306a')).toBe('10');
});

test('a code that is not printed is said so and not written', async () => {
  const { screen, answer } = await openBlock('III');
  await screen.enter('answers/301a');
  await screen.type('9');
  await screen.until(() => screen.text().includes('Tidak ada kode 9'));
  expect(screen.focused()).toBe('answers/301a');
  expect(answer('301a')).toBeUndefined();
});

test('a date is typed as digits, 98 for what is not known, and read back with strokes', async () => {
  const { app, household, screen } = await openBlock('II');
  await screen.enter('answers/201');
  await screen.type('22112026');
  await screen.untilFocused('answers/202');
  expect(household.snapshot.get().answers['201']).toBe('2026-11-22');
  await screen.until(() => screen.value('answers/201') === '22-11-2026');
  const { addMember } = await import('../../../packages/pwa/src/screens/household/form-actions.ts');
  const member = addMember(household.household);
  household.household.answer({ member, question: '404' }, '1');
  await screen.goTo(`member/${member}`);
  await screen.enter(`member/${member}/406`);
  await screen.type('98081945');
  await screen.untilFocused(`member/${member}/407`);
  expect(household.snapshot.get().members[0]?.answers['406']).toBe('1945-08-98');
  expect(app.form.id).toBe('REGSOSEK22-K');
});

test('a date that cannot be stays in the field with a word about it, and nothing is written', async () => {
  const { screen, answer } = await openBlock('II');
  await screen.enter('answers/201');
  await screen.type('31022026');
  await screen.until(() => screen.text().includes('Tanggal ini tidak ada'));
  await screen.enter('answers/202');
  expect(screen.value('answers/201')).toBe('31022026');
  expect(answer('201')).toBeUndefined();
});

test('numbers and text are written after a pause without leaving the field', async () => {
  const { screen, answer } = await openBlock('I');
  await screen.enter('answers/109');
  await screen.type('12');
  expect(answer('109')).toBeUndefined();
  await screen.until(() => answer('109') === 12, 'the answer after the pause');
  expect(screen.focused()).toBe('answers/109');
});

test('what is typed is written at once when the app is hidden', async () => {
  const { screen, answer } = await openBlock('I');
  await screen.enter('answers/109');
  await screen.type('7');
  dispatchEvent(new Event('pagehide'));
  expect(answer('109')).toBe(7);
});

test('a family-card number counts its digits and is read in groups', async () => {
  const { screen, answer } = await openBlock('I');
  await screen.enter('answers/114');
  await screen.type('7102990101');
  await screen.until(() => screen.text().includes('10 dari 16 angka'));
  await screen.type('220001');
  await screen.untilFocused('answers/115');
  expect(answer('114')).toBe('7102990101220001');
  await screen.until(() => screen.value('answers/114') === '710299 010122 0001');
});

test('a sum can be typed or ticked', async () => {
  const { household, screen } = await openBlock('I', true);
  const member = household.snapshot.get().members[0]?.id ?? '';
  await screen.goTo(`member/${member}`);
  const sum = () => household.snapshot.get().members[0]?.answers['411'];
  await screen.enter(`member/${member}/411`);
  await screen.type('5{Enter}');
  await screen.until(() => sum() === 5);
  const boxes = screen.all(`[data-place="member/${member}/411"] input[type=checkbox]`) as HTMLInputElement[];
  expect(boxes.map((box) => box.checked)).toEqual([false, true, false, true]);
  boxes[1]?.click();
  await screen.until(() => sum() === 4);
});

test('what another person writes arrives, but never into a field somebody is typing in', async () => {
  const { household, screen, answer } = await openBlock('I', true);
  await screen.find('[data-place="answers/107"]');
  household.answerFromElsewhere({ member: null, question: '107' }, 'JL. MAWAR 3');
  await screen.until(() => screen.value('answers/107') === 'JL. MAWAR 3');
  await screen.enter('answers/107');
  await screen.type('GANG 5');
  household.answerFromElsewhere({ member: null, question: '107' }, 'JL. KENANGA 8');
  expect(screen.value('answers/107')).toBe('GANG 5');
  await screen.type('{Enter}');
  expect(answer('107')).toBe('GANG 5');
});

test('looking into a field writes nothing, also while two answers stand there', async () => {
  const { household, screen } = await openBlock('I', true);
  household.standBeside({ member: null, question: '107' }, 'JL. LAIN', SUPERVISOR.id);
  await screen.enter('answers/107');
  await screen.type('{Enter}');
  expect(household.household.standing({ member: null, question: '107' })).toHaveLength(2);
});

test('undo takes back the last answer', async () => {
  const { screen, answer } = await openBlock('III');
  await screen.enter('answers/301a');
  await screen.type('4');
  await screen.until(() => answer('301a') === '4');
  await screen.type('{Control>}z{/Control}');
  expect(await screen.until(() => (answer('301a') ?? null) === null)).toBe(true);
});
