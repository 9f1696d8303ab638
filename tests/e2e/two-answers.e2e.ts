import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryEntry } from '@rukun/core/protocol';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { demoApi } from '../support/demo-api.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';

const relay = new RelayProcess();
const phone = new BrowserProfile();
const laptop = new BrowserProfile();
let near: CuttableLink;
let far: CuttableLink;

beforeAll(async () => {
  await relay.start();
  near = await CuttableLink.open(() => relay.port);
  far = await CuttableLink.open(() => relay.port);
});

afterAll(async () => {
  await phone.remove();
  await laptop.remove();
  await near.close();
  await far.close();
  await relay.remove();
});

async function begin(
  profile: BrowserProfile,
  link: CuttableLink,
  userName: string,
  size: 'phone' | 'laptop',
): Promise<AppPage> {
  const app = new AppPage(await profile.open(link.url, size));
  await app.signIn(userName);
  await app.page.locator('[data-family], [data-area]').first().waitFor();
  await app.untilArrived();
  await app.untilOffline();
  return app;
}

it('[TA13] both answers stand with author and time until the supervisor chooses; the history has all three edits', async () => {
  const officer = await begin(phone, near, 'petugas1', 'phone');
  const supervisor = await begin(laptop, far, 'pengawas1', 'laptop');
  const document = (await officer.page.locator('[data-family]').first().getAttribute('data-family')) ?? '';
  const names = await Promise.all(
    ['petugas1', 'pengawas1'].map(async (user) => (await demoApi(near.url, user)).me.person.name),
  );
  near.cut();
  far.cut();

  for (const [app, code] of [
    [officer, '2'],
    [supervisor, '8'],
  ] as const) {
    await app.start(`/keluarga/${document.slice('household/'.length)}`);
    await app.goTo('III');
    await app.type('answers/303', code);
    await app.page.locator('[data-save=stored]').waitFor();
  }

  near.mend();
  await officer.tick('relay').waitFor({ timeout: 150_000 });
  far.mend();
  await supervisor.tick('relay').waitFor({ timeout: 150_000 });
  for (const app of [officer, supervisor]) {
    const standing = app.page.locator('[data-standing="answers/303"]');
    await standing.waitFor({ timeout: 60_000 });
    expect(await standing.locator('[data-answer]').count()).toBe(2);
    const words = await standing.innerText();
    for (const expected of ['Keramik', 'Tanah', ...names]) expect(words).toContain(expected);
    expect(words).toMatch(/\d{1,2}[.:]\d{2}/);
  }

  await supervisor.page
    .locator('[data-standing="answers/303"] [data-answer]', { hasText: 'Keramik' })
    .locator('[data-choose]')
    .click();
  for (const app of [officer, supervisor]) {
    await app.page.locator('[data-standing="answers/303"]').waitFor({ state: 'detached', timeout: 60_000 });
    await expect.poll(() => app.input('answers/303').inputValue()).toBe('2');
  }
  await supervisor.tick('relay').waitFor();
  const all = (await (
    await demoApi(near.url, 'pengawas1')
  ).get(`documents/${document}/history`)) as HistoryEntry[];
  const history = all.filter(({ path }) => path === 'answers/303');
  expect(history.map(({ value }) => value)).toEqual(['2', '8', '2']);
  expect(new Set(history.map(({ by }) => by)).size).toBe(2);
});
