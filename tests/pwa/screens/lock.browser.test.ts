import { expect, test } from 'vitest';
import type { LockedPerson } from '../../../packages/pwa/src/app/app.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

const ANI: LockedPerson = {
  person: 'p-ani',
  maskedName: 'A••• W•••',
  role: 'officer',
  usedAt: 0,
  hasPin: true,
  left: 10,
  waitMs: 0,
  hasAuthenticator: false,
};
const BUDI: LockedPerson = { ...ANI, person: 'p-budi', maskedName: 'B••• R•••', role: 'supervisor' };

function locked(...people: LockedPerson[]): { app: MemoryApp; screen: Screen } {
  const app = new MemoryApp();
  app.locked.set(people);
  app.gate.set({ at: 'locked' });
  return { app, screen: new Screen(app) };
}

const digits = (screen: Screen) => screen.query('[data-pin-pad] [role=status]')?.textContent;

test('the lock screen shows initials and role, nothing of the families, and no field a browser would keep', async () => {
  const { screen } = locked(ANI);
  await screen.find('[data-lock-screen]');
  expect(screen.text()).toContain('A••• W••• Petugas (PPL)');
  expect(screen.text()).not.toContain('Ani');
  expect(screen.all('input')).toEqual([]);
});

test('the PIN is tapped or typed, a digit can be taken back, and it is tried once it is whole', async () => {
  const { app, screen } = locked(ANI);
  for (const digit of '274') await screen.click(`[data-digit="${digit}"]`);
  expect(digits(screen)).toBe('3 dari 6 angka');
  await screen.type('99{Backspace}');
  await screen.click('[data-pin-delete]');
  expect(digits(screen)).toBe('3 dari 6 angka');
  await screen.type('915');
  await screen.until(() => app.gate.get().at === 'open');
  expect(app.pins).toEqual(['p-ani 274915']);
});

test('a wrong PIN says how many tries are left, and the pad starts anew', async () => {
  const { app, screen } = locked(ANI);
  app.unlockAnswer = { is: 'wrong', left: 7, waitMs: 0 };
  await screen.find('rk-pin-pad');
  await screen.type('111222');
  const said = await screen.find('[data-unlock=wrong]');
  expect(screen.text(said)).toContain('PIN salah. Sisa 7 kali.');
  expect(said.getAttribute('role')).toBe('alert');
  expect(digits(screen)).toBe('0 dari 6 angka');
});

test('while one has to wait, the pad rests and says for how long', async () => {
  const { screen } = locked({ ...ANI, left: 3, waitMs: 300_000 });
  const said = await screen.find('[data-unlock]');
  expect(screen.text(said)).toContain('Tunggu 5 menit sebelum mencoba lagi. Sisa 3 kali.');
  expect((await screen.find('[data-digit="1"]')).hasAttribute('disabled')).toBe(true);
});

test('who used up all tries is told that nothing is lost, and signs in instead', async () => {
  const { screen } = locked({ ...ANI, hasPin: false, left: 0 });
  const said = await screen.find('[data-unlock]');
  expect(screen.text(said)).toContain('Isian di HP ini tidak hilang');
  expect(screen.query('rk-pin-pad')).toBeNull();
  await screen.click('[data-sign-in-again]');
  await screen.find('[data-why=forgotten]');
  await screen.click('[data-back]');
  await screen.find('[data-lock-screen]');
});

test('of two people on one phone each opens the own vault', async () => {
  const { app, screen } = locked(ANI, BUDI);
  await screen.click('[data-person="p-budi"]');
  await screen.type('274915');
  await screen.until(() => app.gate.get().at === 'open');
  expect(app.pins).toEqual(['p-budi 274915']);
});

test('a PIN is chosen by typing it twice; an easy one and a differing one are turned away', async () => {
  const app = new MemoryApp();
  app.gate.set({ at: 'choose-pin', why: 'older', name: 'Ani Wulandari' });
  const screen = new Screen(app);
  await screen.find('[data-choose-pin=first]');
  await screen.type('123456');
  await screen.find('[data-pin-problem="pin.easy"]');
  await screen.type('274915');
  await screen.find('[data-choose-pin=again]');
  await screen.type('274916');
  await screen.find('[data-pin-problem="pin.differs"]');
  expect(app.pins).toEqual([]);
  await screen.type('274915');
  await screen.find('[data-choose-pin=again]');
  await screen.type('274915');
  await screen.until(() => app.pins.length === 1);
  expect(app.pins).toEqual(['274915']);
});

test('the settings change the PIN and the time after which the phone locks by itself', async () => {
  const app = new MemoryApp();
  const screen = new Screen(app);
  await screen.click('[data-app-menu]');
  await screen.click('[data-open-security]');
  const idle = (await screen.find('[data-idle]')) as HTMLSelectElement;
  expect(idle.value).toBe('5');
  idle.value = '2';
  idle.dispatchEvent(new Event('change'));
  await screen.until(() => app.lockSettings.get().idleMinutes === 2);
  await screen.click('[data-change-pin]');
  for (const [step, pin] of [
    ['before', '274915'],
    ['after', '935172'],
    ['again', '935172'],
  ] as const) {
    await screen.find(`[data-step=${step}]`);
    await screen.type(pin);
  }
  await screen.find('[data-said=changed]');
  expect(app.pins).toEqual(['274915', '935172']);
});

test('without cryptography the app says that it keeps nothing on this phone', async () => {
  const app = new MemoryApp();
  app.gate.set({ at: 'no-crypto' });
  const screen = new Screen(app);
  await screen.find('[data-door-notice]');
  expect(screen.text()).toContain('tidak ada data keluarga yang disimpan di HP ini');
});
