import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage, PIN } from './app-page.ts';

const OWN_PASSWORD = 'jagung manis di kebun';

const relay = new RelayProcess();
const laptop = new BrowserProfile();
const phone = new BrowserProfile();
let administrator: AppPage;

beforeAll(async () => {
  await relay.start();
  administrator = new AppPage(await laptop.open(`http://localhost:${relay.port}`));
  await administrator.signIn('admin1');
});

afterAll(async () => {
  await laptop.remove();
  await phone.remove();
  await relay.remove();
});

/** Chooses a file as a spreadsheet saves it. */
async function choose(rows: readonly string[]): Promise<void> {
  const text = `\uFEFF${['nama pengguna;nama;peran;kode', ...rows].join('\r\n')}\r\n`;
  const file = { name: 'orang.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await administrator.page.locator('[data-import-file]').setInputFiles(file);
}

it('an administrator mends a file and imports it; a new officer signs in with the password of the slip', async () => {
  const { page } = administrator;
  await page.locator('[data-app-menu]').click();
  await page.locator('nav a[href="/orang"]').click();
  await page.locator('[data-import]').click();

  await choose(['petugas91;Contoh Satu;petugas;0191', 'petugas92;Contoh Dua;tukang;0192']);
  const fault = page.locator('[data-fault]');
  expect(await fault.innerText()).toMatch(/^3\s+peran\s+Peran tidak dikenal/);
  expect(await page.locator('[data-import-apply]').count()).toBe(0);

  await choose(['petugas91;Contoh Satu;petugas;0191', 'petugas92;Contoh Dua;petugas;0192']);
  await page.locator('[data-import-apply]').click();
  const slip = page.locator('[data-slip=petugas91]');
  const password = await slip.locator('.password').innerText();
  const download = page.waitForEvent('download');
  await page.locator('[data-slips-save]').click();
  expect((await download).suggestedFilename()).toBe('sandi-sekali-pakai.csv');
  await page.locator('[data-finish]').click();
  const row = page.locator('[data-person=petugas91]');
  expect(await row.locator('[data-person-state]').getAttribute('data-person-state')).toBe('new');

  const officer = new AppPage(await phone.open(`http://localhost:${relay.port}`));
  await officer.giveCredentials('petugas91', password);
  await officer.page.locator('[data-own-password] input').fill(OWN_PASSWORD);
  await officer.page.locator('[data-save-password]').click();
  await officer.page.locator('[data-choose-pin=first]').waitFor();
  await officer.page.keyboard.type(PIN);
  await officer.page.locator('[data-choose-pin=again]').waitFor();
  await officer.page.keyboard.type(PIN);
  await officer.page.locator('rk-families-screen').waitFor();

  await administrator.start('/orang');
  await row.click();
  await page.locator('[data-device][data-device-end=""]').waitFor();
  expect(await page.locator('[data-person-open] [data-person-state]').getAttribute('data-person-state')).toBe(
    'active',
  );
});
