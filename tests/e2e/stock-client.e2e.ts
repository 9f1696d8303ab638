import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { demoApi } from '../support/demo-api.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { stockClient, synced } from '../support/stock-client.ts';
import { AppPage } from './app-page.ts';

const relay = new RelayProcess();
const phone = new BrowserProfile();

beforeAll(() => relay.start());

afterAll(async () => {
  await phone.remove();
  await relay.remove();
});

it('[LV16] a stock WebsocketProvider and the app converge on one household', async () => {
  const url = `http://localhost:${relay.port}`;
  const app = new AppPage(await phone.open(url));
  await app.signIn('petugas1');
  await app.untilArrived();
  const document = (await app.page.locator('[data-family]').first().getAttribute('data-family')) ?? '';
  const { token } = await demoApi(url, 'pengawas1');
  const { doc, provider } = await stockClient(url, token, document);
  await synced(provider);
  await app.start(`/keluarga/${document.slice('household/'.length)}`);
  await app.goTo('III');
  await app.page.locator('[data-live]').waitFor({ state: 'attached' });

  doc.getMap('answers').set('303', '2');
  await expect.poll(() => app.input('answers/303').inputValue(), { timeout: 20_000 }).toBe('2');
  await app.type('answers/304', '1');
  await expect.poll(() => doc.getMap('answers').get('304'), { timeout: 20_000 }).toBe('1');
  expect(doc.getMap('answers').get('303')).toBe('2');
  provider.destroy();
});
