import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage, PIN } from './app-page.ts';

const OTHER_PIN = '508163';
const relay = new RelayProcess(process.env['RUKUN_DIST'] ?? null);
const phone = new BrowserProfile();
let link: CuttableLink;
let app: AppPage;

beforeAll(async () => {
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
  app = new AppPage(await phone.open(link.url));
});

afterAll(async () => {
  await phone.remove();
  await link.close();
  await relay.remove();
});

const families = () => app.page.locator('[data-family]');

async function choosePin(pin: string): Promise<void> {
  for (const step of ['first', 'again']) {
    await app.page.locator(`[data-choose-pin=${step}]`).waitFor();
    await app.page.keyboard.type(pin);
  }
}

it('a PIN is chosen at the first sign-in, easy ones are turned away, and it opens the phone without a network', async () => {
  await app.giveCredentials('petugas1');
  await app.page.locator('[data-choose-pin=first]').waitFor();
  await app.page.keyboard.type('123456');
  await app.page.locator('[data-pin-problem="pin.easy"]').waitFor();
  await app.page.keyboard.type(PIN);
  await app.page.locator('[data-choose-pin=again]').waitFor();
  await app.page.keyboard.type(OTHER_PIN);
  await app.page.locator('[data-pin-problem="pin.differs"]').waitFor();
  await choosePin(PIN);
  await families().first().waitFor();
  await app.untilArrived();
  await app.untilOffline();
  link.cut();
  await app.page.reload();
  await app.page.locator('[data-lock-screen]').waitFor();
  expect(await families().count()).toBe(0);
  for (const digit of PIN) await app.page.locator(`[data-digit="${digit}"]`).click();
  await families().first().waitFor();
});

it('locking stores what is being typed, and a second tab locks and opens with the first', async () => {
  await families().first().click();
  await app.goTo('III');
  await app.input('answers/301a').focus();
  await app.page.keyboard.type('2');
  const second = await app.page.context().newPage();
  await second.goto(`${link.url}/`);
  await second.locator('[data-family]').first().waitFor();
  await second.locator('[data-lock]').click();
  await second.locator('[data-lock-screen]').waitFor();
  await app.page.locator('[data-lock-screen]').waitFor();
  await app.page.bringToFront();
  await app.unlock();
  await second.locator('[data-family]').first().waitFor();
  await second.close();
  await app.goTo('III');
  expect(await app.input('answers/301a').inputValue()).toBe('2');
});

it('wrong PINs are counted and wait, also after the app was closed; ten of them end the PIN', async () => {
  await app.page.goBack();
  await app.page.locator('[data-lock]').click();
  for (let left = 9; left > 5; left--) {
    await app.unlock(OTHER_PIN);
    await app.page.locator('[data-unlock=wrong]', { hasText: `Sisa ${left} kali` }).waitFor();
  }
  await app.unlock(OTHER_PIN);
  await app.page.locator('[data-unlock]', { hasText: 'Tunggu' }).waitFor();
  await app.page.reload();
  await app.page.locator('[data-unlock]', { hasText: 'Tunggu' }).waitFor();
  expect(await app.page.locator('[data-digit="1"]').isDisabled()).toBe(true);
});

it('who forgot the PIN signs in with the password, chooses another one, and finds everything', async () => {
  link.mend();
  await app.page.locator('[data-forgot]').click();
  await app.giveCredentials('petugas1');
  await choosePin(OTHER_PIN);
  await families().first().waitFor();
  await app.page.reload();
  await app.unlock(OTHER_PIN);
  await families().first().click();
  await app.goTo('III');
  expect(await app.input('answers/301a').inputValue()).toBe('2');
});

it('two people have two vaults on one phone, and neither sees the other’s', async () => {
  await app.page.goBack();
  await app.page.locator('[data-lock]').click();
  await app.page.locator('[data-other]').click();
  await app.giveCredentials('petugas2');
  await choosePin(PIN);
  await app.untilArrived();
  await app.page.reload();
  await app.page.locator('[data-person]').nth(1).waitFor();
  const names = await app.page.locator('[data-person]').allInnerTexts();
  for (const name of names) expect(name).toMatch(/^\S•••( \S•••)*\s+Petugas/);
  await app.page.locator('[data-person]').nth(1).click();
  await app.unlock(PIN);
  await app.page.locator('[data-unlock=wrong]').waitFor();
  await app.unlock(OTHER_PIN);
  await families().first().waitFor();
});
