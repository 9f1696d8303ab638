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
  return { app, screen, give, fixes };
}

test('a good position is kept by itself while something else is on the screen', async () => {
  const { app, screen, give, fixes } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  give(24);
  expect(fixes()).toEqual([]);
  give(8);
  expect(fixes()).toMatchObject([{ accuracyMetres: 8, manual: false }]);
  await screen.goTo('GEO');
  await screen.find('[data-fix=kept]');
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
  const { app, screen, give, fixes } = openGeotag();
  await screen.until(() => app.position.give !== undefined);
  give(19);
  screen.shell.remove();
  expect(fixes()).toMatchObject([{ accuracyMetres: 19, reason: '' }]);
});
