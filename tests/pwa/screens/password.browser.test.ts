import { page, userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

const GIVEN = 'kuba-rosi-tamu-jeko-wisa';
const OWN = 'hujan di bulan juni';

async function signIn(screen: Screen, password: string): Promise<void> {
  await userEvent.fill(await screen.find('[name=user]'), 'petugas1');
  await userEvent.fill(await screen.find('[name=password]'), password);
  await screen.click('[data-sign-in]');
}

function given(): { app: MemoryApp; screen: Screen } {
  const app = new MemoryApp(null);
  app.password = GIVEN;
  app.isOneTime = true;
  return { app, screen: new Screen(app, '/') };
}

const met = (screen: Screen): (string | undefined)[] =>
  screen.all('[data-rule][data-met=true]').map((rule) => rule.dataset['rule']);

test('after the one-time password a person makes an own one, and sees at every letter what is lacking', async () => {
  const { app, screen } = given();
  await signIn(screen, GIVEN);
  const form = await screen.find('[data-own-password]');
  expect(screen.text(form)).toContain('Buat kata sandi Anda');
  const field = await screen.find('[name=new-password]');
  expect(met(screen)).toEqual([]);
  await userEvent.fill(field, 'petugas1');
  await screen.until(() => met(screen).join() === 'common');
  await screen.click('[data-save-password]');
  expect(app.me.get()).toBeNull();
  await userEvent.fill(field, OWN);
  await screen.until(() => met(screen).join() === 'short,user-name,common');
  await screen.click('[data-save-password]');
  await screen.find('rk-app-bar');
  expect(app.password).toBe(OWN);
});

test('the one-time password is not taken as the own one', async () => {
  const { app, screen } = given();
  await signIn(screen, GIVEN);
  await userEvent.fill(await screen.find('[name=new-password]'), GIVEN);
  const rule = await screen.find('[data-rule=same]');
  expect(screen.text(rule)).toContain('Bukan kata sandi yang lama');
  await screen.click('[data-save-password]');
  expect(app.me.get()).toBeNull();
});

test('the new password can be looked at, and the way back leads to the sign-in', async () => {
  const { screen } = given();
  await signIn(screen, GIVEN);
  const field = (await screen.find('[name=new-password]')) as HTMLInputElement;
  expect(field.type).toBe('password');
  await screen.click('[data-show-password]');
  await screen.until(() => field.type === 'text');
  await screen.click('[data-own-password] [data-back]');
  await screen.find('[name=user]');
});

test('on a phone of 320 px nothing of it lies beyond the edge', async () => {
  await page.viewport(320, 640);
  const { screen } = given();
  await signIn(screen, GIVEN);
  await screen.find('[data-own-password]');
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320);
  for (const element of [
    ...screen.all('[data-own-password] button'),
    ...screen.all('[data-own-password] input'),
  ])
    expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(320);
  await page.viewport(414, 896);
});

test.each([
  [9_500, '10 detik'],
  [61_000, '2 menit'],
])('who tried too often reads how long to wait (%i ms)', async (waitMs, words) => {
  const app = new MemoryApp(null);
  app.signInFailure = 'rate-limited';
  app.signInWait = { waitMs };
  const screen = new Screen(app, '/');
  await signIn(screen, 'salah');
  expect(screen.text(await screen.find('[data-failure=rate-limited]'))).toContain(
    `Coba lagi setelah ${words}`,
  );
});

test('the password is changed from the menu; a wrong present one is told', async () => {
  const app = new MemoryApp();
  app.password = 'rumah-tangga';
  const screen = new Screen(app, '/');
  await screen.click('[data-app-menu]');
  await screen.click('nav [data-change-password]');
  await userEvent.fill(await screen.find('[name=current]'), 'salah');
  await userEvent.fill(await screen.find('[name=new-password]'), OWN);
  await screen.click('form [data-change-password]');
  expect(screen.text(await screen.find('[data-failure=wrong-credentials]'))).toContain('tidak cocok');
  await userEvent.fill(await screen.find('[name=current]'), 'rumah-tangga');
  await screen.click('form [data-change-password]');
  await screen.find('[data-password-changed]');
  expect(app.password).toBe(OWN);
});
