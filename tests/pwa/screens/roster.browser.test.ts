import { expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

async function openRoster() {
  const app = new MemoryApp();
  const household = app.household('h1', { answers: completeHousehold('family') });
  const screen = new Screen(app, '/keluarga/h1');
  await screen.goTo('roster');
  const present = () => household.snapshot.get().members.filter((member) => member.removed === null);
  const numbers = () => present().map((member) => member.answers['401']);
  return { household, screen, present, numbers };
}

test('a member is added at the end with the next number and opened', async () => {
  const { screen, present, numbers } = await openRoster();
  await screen.click('[data-add-member]');
  await screen.find(`[data-page="member/${present().at(-1)?.id}"]`);
  expect(numbers()).toEqual([1, 2, 3, 4, 5, 6]);
  await screen.untilFocused(`member/${present().at(-1)?.id}/402`);
});

test('after the last answer of a member the next one is at hand while 112 says there are more', async () => {
  const { household, screen, present } = await openRoster();
  household.household.answer({ member: null, question: '112' }, 6);
  const last = present().at(-1);
  await screen.click(`[data-member="${last?.id}"] button`);
  await screen.find(`[data-page="member/${last?.id}"]`);
  const asked = screen.all('rk-question');
  const place = asked.at(-1)?.dataset['place'] ?? '';
  await screen.enter(place);
  await screen.type('{Enter}');
  const page = await screen.find('rk-form-page');
  await screen.until(() => page.shadowRoot?.activeElement?.hasAttribute('data-add-another'));
  await screen.type('{Enter}');
  await screen.until(() => present().length === 6);
  expect(present().at(-1)?.id).not.toBe(last?.id);
  await screen.untilFocused(`member/${present().at(-1)?.id}/402`);
});

test('taking a member out asks for a reason, closes the gap, and can be taken back', async () => {
  const { household, screen, present, numbers } = await openRoster();
  const second = present()[1];
  await screen.click(`[data-member="${second?.id}"] [data-remove]`);
  expect(await screen.find('[data-confirm-remove]')).toHaveProperty('disabled', true);
  await screen.click('input[type=radio][name=reason]');
  await screen.click('[data-confirm-remove]');
  await screen.until(() => present().length === 4);
  expect(numbers()).toEqual([1, 2, 3, 4]);
  expect(household.snapshot.get().members[1]?.removed).toBe('Tercatat dua kali');
  await screen.click('[data-undo-remove]');
  await screen.until(() => present().length === 5);
  expect(present()[1]?.id).toBe(second?.id);
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
});

test('members change places and 401 follows', async () => {
  const { screen, present, numbers } = await openRoster();
  const before = present().map((member) => member.id);
  await screen.click(`[data-member="${before[2]}"] [data-move=up]`);
  await screen.until(() => present()[1]?.id === before[2]);
  await screen.click(`[data-member="${before[0]}"] [data-move=down]`);
  await screen.until(() => present()[0]?.id === before[2]);
  expect(numbers()).toEqual([1, 2, 3, 4, 5]);
});
