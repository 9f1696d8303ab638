import { describe, expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { OFFICER, SUPERVISOR, somebody } from '../support/people.ts';
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

describe('a removal beside answers of the member, written without having seen each other', () => {
  const REASON = 'Anggota keluarga lain';

  function openFamily(role: 'officer' | 'supervisor' = 'officer') {
    const app = new MemoryApp(somebody(role));
    const household = app.household('h1', { answers: completeHousehold('family') });
    const member = household.snapshot.get().members[2];
    if (!member) throw new Error('a family of several');
    const place = { member: member.id, question: 'removed' } as const;
    const isOut = () => household.snapshot.get().members.find(({ id }) => id === member.id)?.removed ?? null;
    const numbers = () =>
      household.snapshot
        .get()
        .members.filter(({ removed }) => removed === null)
        .map(({ answers }) => answers['401']);
    const path = `member/${member.id}/removed`;
    return {
      app,
      household,
      member,
      place,
      path,
      isOut,
      numbers,
      show: () => new Screen(app, '/keluarga/h1'),
    };
  }

  test('[TA30] of a member who is out: both sides with author and time, named in the counter; keeping brings the member back', async () => {
    const { household, member, place, path, isOut, numbers, show } = openFamily();
    household.standBeside(place, REASON, SUPERVISOR.id);
    expect(isOut()).toBe(REASON);
    const screen = show();
    await screen.click('[data-counter=standing]');
    const row = await screen.find(`[data-jump="${path}"]`);
    expect(screen.text(row)).toContain('Dikeluarkan atau tetap anggota?');
    expect(screen.text(row)).toContain(String(member.answers['402']));
    await screen.click(`[data-jump="${path}"]`);
    const card = await screen.find(`[data-standing="${path}"]`);
    const [out, stays] = screen
      .all(`[data-standing="${path}"] [data-answer]`)
      .map((each) => screen.text(each));
    for (const words of [`Dikeluarkan: ${REASON}`, SUPERVISOR.name, '21 Nov 2026', 'Dipakai sekarang'])
      expect(out).toContain(words);
    for (const words of ['Tetap anggota', OFFICER.name]) expect(stays).toContain(words);
    expect(stays).not.toContain('Dipakai sekarang');
    await screen.until(() => deepFocus()?.id === 'title', 'focus on the question');
    expect(card.contains(deepFocus())).toBe(true);
    expect(card.checkVisibility()).toBe(true);
    await screen.click(`[data-standing="${path}"] [data-answer]:last-child [data-choose]`);
    await screen.until(() => screen.query(`[data-standing="${path}"]`) === null);
    expect(isOut()).toBeNull();
    expect(numbers()).toEqual([1, 2, 3, 4, 5]);
    expect(screen.query('[data-counter=standing]')).toBeNull();
    await screen.until(
      () => deepFocus()?.closest('[data-member]')?.getAttribute('data-member') === member.id,
      'focus on the row of the member',
    );
  });

  test('[TA30] of a member who is there: both sides in the row; taking out closes the gap and can be taken back', async () => {
    const { household, member, place, path, isOut, numbers, show } = openFamily('supervisor');
    household.household.removeMember(member.id, 'Salah tambah');
    household.household.restoreMember(member.id);
    household.standBeside(place, REASON, OFFICER.id);
    expect(isOut()).toBeNull();
    const screen = show();
    await screen.goTo('roster');
    const [stays, out] = screen
      .all(`[data-member="${member.id}"] [data-standing="${path}"] [data-answer]`)
      .map((each) => screen.text(each));
    expect(stays).toContain('Tetap anggota');
    expect(stays).toContain('Dipakai sekarang');
    expect(out).toContain(`Dikeluarkan: ${REASON}`);
    expect(out).toContain(OFFICER.name);
    await screen.click(`[data-standing="${path}"] [data-answer]:last-child [data-choose]`);
    await screen.until(() => isOut() === REASON);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(household.household.standing(place)).toEqual([]);
    await screen.until(() => deepFocus()?.hasAttribute('data-undo-remove'), 'focus on the way back');
    await screen.click('[data-undo-remove]');
    await screen.until(() => isOut() === null);
    expect(numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  test('[TA30] who may not write sees both and chooses nothing', async () => {
    const { household, place, path, show } = openFamily();
    household.standBeside(place, REASON, SUPERVISOR.id);
    household.household.addEvent('submitted');
    const screen = show();
    await screen.goTo('roster');
    await screen.find(`[data-standing="${path}"]`);
    expect(screen.all(`[data-standing="${path}"] [data-answer]`)).toHaveLength(2);
    expect(screen.query(`[data-standing="${path}"] [data-choose]`)).toBeNull();
  });

  test('[TA31] different answers to a question of a member who is out lead to that member on the roster', async () => {
    const { household, member, show } = openFamily();
    household.standBeside({ member: member.id, question: '405' }, '1', SUPERVISOR.id);
    household.household.removeMember(member.id, 'Salah tambah');
    const screen = show();
    await screen.click('[data-counter=standing]');
    const row = await screen.find(`[data-jump="member/${member.id}/405"]`);
    expect(screen.text(row)).toContain(String(member.answers['402']));
    await screen.click(`[data-jump="member/${member.id}/405"]`);
    await screen.find('[data-page=roster]');
    expect(screen.query('rk-membership')).toBeNull();
    await screen.until(
      () => deepFocus()?.closest('[data-removed]')?.getAttribute('data-removed') === member.id,
      'focus on the member who is out',
    );
    expect(deepFocus()?.checkVisibility()).toBe(true);
  });
});

function deepFocus(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
