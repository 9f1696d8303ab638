import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage, PIN } from './app-page.ts';

const relay = new RelayProcess(process.env['RUKUN_DIST'] ?? null);
const phone = new BrowserProfile();
let app: AppPage;
let setVerified: (isVerified: boolean) => Promise<void>;

beforeAll(async () => {
  await relay.start();
  app = new AppPage(await phone.open(`http://localhost:${relay.port}`));
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: true,
      automaticPresenceSimulation: true,
    },
  });
  setVerified = async (isUserVerified) => {
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  };
});

afterAll(async () => {
  await phone.remove();
  await relay.remove();
});

const families = () => app.page.locator('[data-family]');

async function openSecurity(): Promise<void> {
  await app.page.locator('[data-app-menu]').click();
  await app.page.locator('[data-open-security]').click();
}

it('the phone’s own lock opens the vault as well once who knows the PIN has let it', async () => {
  await app.signIn('petugas1');
  await families().first().waitFor();
  await openSecurity();
  await app.page.locator('[data-device=false]').click();
  await app.page.locator('rk-security rk-pin-pad').waitFor();
  await app.page.keyboard.type('508163');
  await app.page.locator('[data-security] [role=alert]', { hasText: 'PIN salah' }).waitFor();
  await app.page.keyboard.type(PIN);
  await app.page.locator('[data-said=device-added]').waitFor();
  await app.page.reload();
  await app.page.locator('[data-lock-screen]').waitFor();
  expect(await families().count()).toBe(0);
  await app.page.locator('[data-by-device]').click();
  await families().first().waitFor();
});

it('whoever the phone does not know is not let in; the PIN still opens', async () => {
  await app.page.locator('[data-lock]').click();
  await setVerified(false);
  await app.page.locator('[data-by-device]').click();
  await app.page.locator('[data-unlock=denied]').waitFor({ timeout: 90_000 });
  expect(await families().count()).toBe(0);
  await app.unlock();
  await families().first().waitFor();
});

it('the way by the phone’s lock is closed again; the PIN opens as before', async () => {
  await openSecurity();
  await app.page.locator('[data-device=true]').click();
  await app.page.locator('[data-said=device-dropped]').waitFor();
  await app.page.reload();
  await app.page.locator('[data-lock-screen]').waitFor();
  expect(await app.page.locator('[data-by-device]').count()).toBe(0);
  await app.unlock();
  await families().first().waitFor();
});
