import type { BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';

const relay = new RelayProcess();
const phone = new BrowserProfile();
const laptop = new BrowserProfile();
const stranger = new BrowserProfile();

beforeAll(async () => {
  await relay.start();
});

afterAll(async () => {
  await phone.remove();
  await laptop.remove();
  await stranger.remove();
  await relay.remove();
});

/** Everything that browsers say went against the policy, in pages and workers of a profile. */
function violationsOf(page: Page): readonly string[] {
  const said: string[] = [];
  const context: BrowserContext = page.context();
  context.on('console', (message) => {
    const text = message.text();
    // The closed list names what only some systems have.
    if (text.includes('Unrecognized feature')) return;
    if (/content security policy|trusted ?type|permissions.policy/i.test(text)) said.push(text);
  });
  context.on('weberror', (error) => void said.push(String(error.error())));
  return said;
}

async function homeOf(profile: BrowserProfile, userName: string, size: 'phone' | 'laptop') {
  const page = await profile.open('about:blank', size);
  const violations = violationsOf(page);
  await page.goto(`http://localhost:${relay.port}/`);
  const app = new AppPage(page);
  await app.signIn(userName);
  await page.locator('[data-family], [data-area]').first().waitFor();
  await app.untilArrived();
  await app.untilOffline();
  return { app, page, violations };
}

it('the built app asks for nothing its security policy forbids, on any screen, with its service worker', async () => {
  const { app, page, violations } = await homeOf(phone, 'petugas1', 'phone');
  const family = await page.locator('[data-family]').first().getAttribute('data-family');
  await app.start(`/keluarga/${family?.slice('household/'.length)}`);
  for (const id of ['III', 'roster', 'GEO', 'submit']) await app.goTo(id);
  await app.goTo('III');
  await app.type('answers/303', '2');
  await app.tick('relay').waitFor();
  await app.start('/bantuan');
  await page.locator('rk-help-screen').waitFor();
  await app.start();
  await page.locator('rk-help-screen').waitFor();

  const office = await homeOf(laptop, 'pengawas1', 'laptop');
  await office.app.start('/papan');
  await office.page.locator('rk-board-screen').waitFor();
  expect([...violations, ...office.violations]).toEqual([]);
});

it('what the policy forbids is forbidden: no markup from text, no script by address, no frame', async () => {
  const page = await stranger.open(`http://localhost:${relay.port}/bantuan`, 'laptop');
  const violations = violationsOf(page);
  await page.locator('rk-app').waitFor();
  const refused = await page.evaluate(async () => {
    const attempts: Record<string, () => unknown> = {
      markup: () => (document.body.innerHTML = '<b>x</b>'),
      script: () => (document.createElement('script').src = '/other.js'),
      worker: () => navigator.serviceWorker.register('/other.js'),
      policy: () =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('another', {}),
    };
    const failed: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        await attempt();
      } catch (error) {
        if (error instanceof TypeError) failed.push(name);
      }
    }
    return failed;
  });
  expect(refused).toEqual(['markup', 'script', 'worker', 'policy']);
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = '/bantuan';
    document.body.append(frame);
  });
  await expect.poll(() => violations.some((text) => /frame/i.test(text))).toBe(true);
});
