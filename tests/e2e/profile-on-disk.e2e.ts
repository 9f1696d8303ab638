import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { FormAnswers } from '@rukun/core/questionnaire';
import { BrowserProfile } from '../support/browser-profile.ts';
import { demoApi } from '../support/demo-api.ts';
import { completeHousehold } from '../support/household-builder.ts';
import { readableBytes } from '../support/profile-bytes.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';
import { todayOf } from './twelve-families.ts';

const REMARK = 'Kakek Sastrowardoyo dirawat di rumah sakit';
const STREET = 'LORONG CEMPAKA UNGU 88';
const ROOT = join(import.meta.dirname, '../..');

const plainApp = mkdtempSync(join(tmpdir(), 'rukun-plain-'));
const relays: RelayProcess[] = [];
const phones: BrowserProfile[] = [];

afterAll(async () => {
  for (const each of [...phones, ...relays]) await each.remove();
  rmSync(plainApp, { recursive: true, force: true });
});

/** A day of one officer on a phone of its own; what the profile on disk gives away of it once the browser is closed. */
async function foundAfterADay(app: string | null): Promise<{ entered: readonly string[]; found: string[] }> {
  const relay = new RelayProcess(app);
  const phone = new BrowserProfile();
  relays.push(relay);
  phones.push(phone);
  await relay.start();
  const url = `http://localhost:${relay.port}`;
  const page = new AppPage(await phone.open(url));
  await page.signIn('petugas1');
  await page.untilArrived();
  await page.untilOffline();
  const paper = completeHousehold('family', { enumerated: todayOf(new Date()) });
  const family: FormAnswers['family'] = { ...paper.family, 107: STREET };
  const expected = { ...paper, family };
  await page.page.locator('[data-add-family]').click();
  await page.page.locator('[data-add-in]').first().click();
  await page.page.locator('rk-form-header').waitFor();
  await page.record(expected, new Set(['101', '102', '103', '104', '105', '106']));
  await page.goTo('III');
  await remark(page);
  await page.submit();
  await page.tick('relay').waitFor();
  await page.start('/');
  await page.page.locator('[data-family]').first().waitFor();
  await page.page.locator('input[type=search]').fill(STREET);
  await page.page.locator('[data-lock]').click();
  await page.page.locator('[data-lock-screen]').waitFor();
  await phone.close();
  const { me } = await demoApi(url, 'petugas1');
  const entered = [
    ...expected.members.flatMap(({ answers }) => [answers['402'], answers['403']]),
    ...['108', '114', 'HP', 'RESP', '202'].map((question) => family[question]),
    STREET,
    REMARK,
    ...me.people.map(({ name }) => name),
  ]
    .filter((value) => value !== undefined && value !== null)
    .map(String);
  return { entered: [...new Set(entered)], found: found(phone.folder, entered) };
}

async function remark(page: AppPage): Promise<void> {
  await page.page.evaluate((text) => {
    const screen = document.querySelector('rk-app')?.shadowRoot?.querySelector('rk-household-screen');
    const { open } = screen as unknown as {
      open: { household: { addRemark(place: string, text: string): void } };
    };
    open.household.addRemark('answers/303', text);
  }, REMARK);
  await page.page.locator('[data-save=stored]').waitFor();
}

/** Which of the values lie somewhere in the folder, in any letters' case. */
function found(folder: string, values: readonly string[]): string[] {
  const forms = [...new Set(values)].map((value) => ({
    value,
    needles: [value, value.toUpperCase(), value.toLowerCase()].flatMap((text) => [
      Buffer.from(text, 'utf8'),
      Buffer.from(text, 'utf16le'),
    ]),
  }));
  const hits = new Map<string, string>();
  for (const { file, bytes } of readableBytes(folder)) {
    for (const { value, needles } of forms)
      if (!hits.has(value) && needles.some((needle) => bytes.includes(needle)))
        hits.set(value, file.slice(folder.length + 1));
  }
  return [...hits].map(([value, file]) => `${value} in ${file}`).sort();
}

it('after a day’s work no file of the browser’s profile holds a name, number, address or remark of it', async () => {
  const { entered, found: given } = await foundAfterADay(process.env['RUKUN_DIST'] ?? null);
  expect(entered.length).toBeGreaterThan(15);
  expect(given).toEqual([]);
});

it('the same day without encryption gives all of them away, so that this test can fail', async () => {
  execFileSync('npm', ['run', 'build', '-w', '@rukun/pwa', '--', '--outDir', plainApp], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production', RUKUN_PLAIN_VAULT: 'for-a-test' },
  });
  const { entered, found: given } = await foundAfterADay(plainApp);
  expect(given.map((each) => each.slice(0, each.indexOf(' in ')))).toEqual(entered.toSorted());
});
