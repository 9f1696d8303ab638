import { expect, test } from 'vitest';
import { completeHousehold } from '../../support/household-builder.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

function openFamily() {
  const app = new MemoryApp();
  const household = app.household('h1', { answers: completeHousehold('family') });
  return { app, household, screen: new Screen(app, '/keluarga/h1') };
}

test('[RB21] what is typed, kept and moved after a rebuild goes into the copy that took the place of the old one', async () => {
  const { app, household, screen } = openFamily();
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
