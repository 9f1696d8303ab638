import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry } from '@rukun/core/protocol';
import type { OpenHousehold } from '../../packages/pwa/src/app/app.ts';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { demoApi } from '../support/demo-api.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';

/** Longer than the relay takes. No field of the form lets anybody type it: it stands for what a later version might write. */
const TOO_LONG = 'JALAN TANPA UJUNG '.repeat(240);
const STREET = 'answers/107';

const relay = new RelayProcess();
const phone = new BrowserProfile();
let link: CuttableLink;
let officer: AppPage;
let families: string[];

beforeAll(async () => {
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
  officer = new AppPage(await phone.open(link.url));
  await officer.signIn('petugas1');
  await officer.page.locator('[data-family]').first().waitFor();
  await officer.untilArrived();
  await officer.untilOffline();
  const rows = await officer.page.locator('[data-family]').all();
  families = await Promise.all(rows.map(async (row) => (await row.getAttribute('data-family')) ?? ''));
});

afterAll(async () => {
  await phone.remove();
  await link.close();
  await relay.remove();
});

async function openFamily(document: string): Promise<void> {
  await officer.start(`/keluarga/${document.slice('household/'.length)}`);
  await officer.goTo('III');
}

/** Writes into the family on the screen as the form does, without the limit of its field. */
async function writeTooLong(page: Page): Promise<void> {
  await page.evaluate(
    ({ text, question }) => {
      const screen = document.querySelector('rk-app')?.shadowRoot?.querySelector('rk-household-screen');
      const { open } = screen as unknown as { open: OpenHousehold };
      open.household.answer({ member: null, question }, text);
    },
    { text: TOO_LONG, question: '107' },
  );
}

async function historyOf(document: string): Promise<HistoryEntry[]> {
  const api = await demoApi(link.url, 'pengawas1');
  return (await api.get(`documents/${document}/history`)) as HistoryEntry[];
}

/** What the centre has of the person's own edits, the last of each path. */
async function atCentre(document: string, paths: readonly string[]): Promise<unknown[]> {
  const history = await historyOf(document);
  return paths.map((path) => history.findLast((entry) => entry.path === path)?.value);
}

async function untilListed(): Promise<string> {
  const notice = officer.page.locator('rk-refused-notice [data-refused]');
  await officer.page.locator('rk-refused-notice [data-count="1"]').waitFor({ timeout: 150_000 });
  expect(await notice.innerText()).toContain('1 isian tidak diterima pusat');
  await notice.click();
  return officer.page.locator(`[data-refused-edit="${STREET}"]`).innerText();
}

it('[RB28] of edits made offline the centre takes all but the refused one, which is listed, filled in again and put away', async () => {
  const [document = ''] = families;
  const [before] = await atCentre(document, [STREET]);
  await openFamily(document);
  await officer.tick('relay').waitFor({ timeout: 60_000 });
  link.cut();
  await officer.type('answers/304', '1');
  await writeTooLong(officer.page);
  await officer.type('answers/305', '2');
  await officer.page.locator('[data-save=stored]').waitFor();
  link.mend();

  const words = await untilListed();
  for (const expected of ['107.', 'JALAN TANPA UJUNG', `Terlalu panjang: ${TOO_LONG.length} huruf`])
    expect(words).toContain(expected);
  await officer.tick('relay').waitFor({ timeout: 60_000 });
  expect(await atCentre(document, ['answers/304', 'answers/305', STREET])).toEqual(['1', '2', before]);

  // The list outlives the app.
  await officer.start();
  await untilListed();
  await officer.page.locator(`[data-refill="${STREET}"]`).click();
  await officer.question(STREET).locator('[data-suggestion]').click();
  await officer.page.locator('[data-save=stored]').waitFor();
  await officer.tick('relay').waitFor({ timeout: 60_000 });
  await expect
    .poll(async () => (await atCentre(document, [STREET]))[0], { timeout: 60_000 })
    .toMatch(/^JALAN TANPA UJUNG/);

  await officer.page.locator('rk-refused-notice [data-refused]').click();
  await officer.page.locator('[data-refused-read]').click();
  await officer.page.locator('[data-refused-yes]').click();
  await officer.page.locator('[data-refused]').first().waitFor({ state: 'detached' });
  await officer.start();
  await officer.tick('relay').waitFor();
  expect(await officer.page.locator('rk-refused-notice [data-refused]').count()).toBe(0);
});

it('[RB28] over a live connection as well, and what is typed afterwards reaches the centre', async () => {
  const [, document = ''] = families;
  const [before] = await atCentre(document, [STREET]);
  await openFamily(document);
  await officer.page.locator('[data-live]').first().waitFor({ state: 'attached' });
  await officer.type('answers/304', '1');
  await writeTooLong(officer.page);
  await officer.type('answers/305', '2');
  await untilListed();
  await officer.page.keyboard.press('Escape');
  await officer.type('answers/303', '3');
  await officer.tick('relay').waitFor({ timeout: 60_000 });
  await expect
    .poll(() => atCentre(document, ['answers/303', 'answers/304', 'answers/305', STREET]), {
      timeout: 60_000,
    })
    .toEqual(['3', '1', '2', before]);
});
