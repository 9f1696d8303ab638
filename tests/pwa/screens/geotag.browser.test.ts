import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

function openGeotag() {
  const app = new MemoryApp();
  const household = app.household('h1');
  const screen = new Screen(app, '/keluarga/h1');
  const give = (accuracyMetres: number) =>
    app.position.give?.({ latitude: 1.14, longitude: 124.83, accuracyMetres, readings: 4 });
  const fixes = () => household.snapshot.get().fixes;
  const enter = () => household.household.answer({ member: null, question: '303' }, '2');
  return { app, household, screen, give, fixes, enter };
}

test('a good position is kept by itself once something is entered, whatever is on the screen', async () => {
  const { app, screen, give, fixes, enter } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  give(24);
  give(8);
  expect(fixes()).toEqual([]);
  enter();
  await screen.until(() => fixes().length > 0);
  expect(fixes()).toMatchObject([{ accuracyMetres: 8, manual: false }]);
  await screen.goTo('GEO');
  await screen.find('[data-fix=kept]');
});

test('a mere look at a family from elsewhere does not place its dwelling', async () => {
  const { app, screen, give, fixes } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  give(6);
  screen.shell.remove();
  expect(fixes()).toEqual([]);
});

test('a wrong point can be dropped, and taken back', async () => {
  const { app, screen, give, enter } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  enter();
  give(6);
  await screen.goTo('GEO');
  await screen.click('[data-drop-fix]');
  await screen.find('[data-fix=none]');
  await screen.click('[data-undrop-fix]');
  expect(screen.text(await screen.find('[data-fix=kept]'))).toMatch(/± ?6 m/);
});

test('a poor position is only kept with a reason', async () => {
  const { app, screen, give, fixes } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  await screen.goTo('GEO');
  give(48);
  const keep = await screen.find('[data-keep-fix]');
  expect(keep).toHaveProperty('disabled', true);
  await userEvent.fill(await screen.find('[data-fix-reason]'), 'Rumah di bawah pohon besar');
  await screen.click('[data-keep-fix]');
  expect(fixes()).toMatchObject([{ accuracyMetres: 48, reason: 'Rumah di bawah pohon besar' }]);
});

test('a fair position is kept when the family is left', async () => {
  const { app, household, screen, give, fixes, enter } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  enter();
  await screen.until(() => household.canUndo.get().undo);
  give(19);
  screen.shell.remove();
  expect(fixes()).toMatchObject([{ accuracyMetres: 19, reason: '' }]);
});
