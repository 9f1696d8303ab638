import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { householdsOnDisk } from '../support/relay-database.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';

const relay = new RelayProcess();
const phone = new BrowserProfile();
const laptop = new BrowserProfile();
let link: CuttableLink;

beforeAll(async () => {
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
});

afterAll(async () => {
  await phone.remove();
  await laptop.remove();
  await link.close();
  await relay.remove();
});

/** Opens the first family of petugas1 as that person, on the housing page. */
async function openHousing(
  profile: BrowserProfile,
  userName: string,
  document: string | null,
): Promise<[AppPage, string]> {
  const app = new AppPage(
    await profile.open(link.url, userName.startsWith('p') && document === null ? 'phone' : 'laptop'),
  );
  await app.signIn(userName);
  await app.page.locator('[data-family], [data-area]').first().waitFor();
  await app.untilArrived();
  const name =
    document ?? (await app.page.locator('[data-family]').first().getAttribute('data-family')) ?? '';
  await app.start(`/keluarga/${name.slice('household/'.length)}`);
  await app.goTo('III');
  await app.page.locator('[data-live]').waitFor({ state: 'attached' });
  return [app, name];
}

async function shows(app: AppPage, path: string, value: string): Promise<void> {
  await expect.poll(() => app.input(path).inputValue(), { timeout: 30_000 }).toBe(value);
}

it('[LV41] two browsers edit the same household live, through the sudden death of the relay', async () => {
  const [officer, document] = await openHousing(phone, 'petugas1', null);
  const [supervisor] = await openHousing(laptop, 'pengawas1', document);
  await officer.page.locator('[data-present]').first().waitFor();
  await supervisor.page.locator('[data-present]').first().waitFor();

  await officer.type('answers/301a', '2');
  await shows(supervisor, 'answers/301a', '2');
  await supervisor.type('answers/302', '45');
  await shows(officer, 'answers/302', '45');
  await officer.type('answers/303', '2');
  await officer.tick('relay').waitFor();

  await relay.kill();
  const atDeath = householdsOnDisk(relay.data).get(document)?.answers;
  expect(atDeath).toMatchObject({ '301a': '2', '302': 45, '303': '2' });

  await officer.type('answers/304', '1');
  await officer.page.locator('[data-save=stored]').waitFor();
  expect(await officer.tick('relay').count()).toBe(0);
  await supervisor.type('answers/305', '3');

  await relay.start();
  await officer.tick('relay').waitFor({ timeout: 150_000 });
  await shows(supervisor, 'answers/304', '1');
  await shows(officer, 'answers/305', '3');
  await supervisor.tick('relay').waitFor();
  expect(householdsOnDisk(relay.data).get(document)?.answers).toMatchObject({
    '301a': '2',
    '302': 45,
    '303': '2',
    '304': '1',
    '305': '3',
  });
});
