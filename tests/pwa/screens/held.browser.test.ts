import { expect, test } from 'vitest';
import { MemoryApp } from '../support/memory-app.ts';
import { heldEdit, type MemoryHeld } from '../support/memory-held.ts';
import { OFFICER, somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

function open(path: string): { held: MemoryHeld; show: () => Screen } {
  const app = new MemoryApp(somebody('supervisor'));
  return { held: app.heldControl, show: () => new Screen(app, path) };
}

const listed = (screen: Screen) => screen.all('[data-edit]').map((row) => row.dataset['edit']);

test('[AC12] the overview says how many entries wait for a decision and leads to them; none, and it says nothing', async () => {
  const { held, show } = open('/');
  held.edits = [heldEdit(1), heldEdit(2, { head: '' })];
  const screen = show();
  await screen.click('[data-held="2"]');
  await screen.until(() => listed(screen).join() === '1,2');
  const none = open('/').show();
  await none.find('[data-officer]');
  expect(none.query('[data-held]')).toBeNull();
});

test('[AC12] an entry is read with family, author, question, value and what stands there, then taken in', async () => {
  const { held, show } = open('/tertahan');
  held.edits = [heldEdit(1)];
  const screen = show();
  const text = screen.text(await screen.find('[data-edit="1"]'));
  for (const words of ['YOHANIS RUMENGAN', OFFICER.name, '303.', 'Sekarang di formulir', 'JAGA I'])
    expect(text).toContain(words);
  await screen.click('[data-decide=take]');
  await screen.find('[data-empty]');
  expect(held.decided).toEqual([[1, 'take']]);
  expect(screen.text(await screen.find('[data-said]'))).toContain(OFFICER.name);
});

test('[AC12] what was set aside is kept in a list of its own and can be taken up again', async () => {
  const { held, show } = open('/tertahan');
  held.edits = [heldEdit(1)];
  const screen = show();
  await screen.click('[data-decide=set-aside]');
  await screen.find('[data-empty]');
  await screen.click('[data-list=set-aside]');
  await screen.click('[data-decide=reopen]');
  await screen.find('[data-empty]');
  await screen.click('[data-list=waiting]');
  await screen.until(() => listed(screen).join() === '1');
  expect(held.decided).toEqual([
    [1, 'set-aside'],
    [1, 'reopen'],
  ]);
});

test('[AC12] what cannot be taken in now stays, with what to do; without a link it can be tried again', async () => {
  const { held, show } = open('/tertahan');
  held.edits = [heldEdit(1)];
  const screen = show();
  await screen.find('[data-edit="1"]');
  held.failure = 'locked';
  await screen.click('[data-decide=take]');
  expect(screen.text(await screen.find('[data-said]'))).toContain('Batalkan dahulu');
  expect(listed(screen)).toEqual(['1']);
  held.failure = 'unavailable';
  await screen.click('[data-list=set-aside]');
  await screen.find('[data-failure=unavailable]');
});
