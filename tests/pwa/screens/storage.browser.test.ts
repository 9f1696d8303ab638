import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import type { StorageState } from '../../../packages/pwa/src/app/app.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

const MB = 1024 * 1024;
const ROOM: StorageState = {
  persisted: true,
  usage: 10 * MB,
  quota: 4000 * MB,
  level: 'green',
  isFull: false,
};

test.each(['officer', 'supervisor'] as const)(
  '[SP7] on red the %s reads what to do, and can send now or save a rescue file',
  async (role) => {
    const app = new MemoryApp(somebody(role));
    const screen = new Screen(app, '/');
    await screen.find('rk-app-bar');
    app.storage.set({ ...ROOM, quota: 90 * MB, level: 'red' });
    const notice = await screen.find('[data-storage=red]');
    expect(notice.getAttribute('role')).toBe('alert');
    expect(screen.text(notice)).toContain('Ruang HP hampir habis. Sisa 80 MB.');
    expect(screen.text(notice)).toContain('Jangan hapus data aplikasi ini');
    await screen.click('[data-storage=red] [data-send-now]');
    expect(app.syncs).toBe(1);
    expect(screen.query('[data-storage=red] [data-rescue=write]')).not.toBeNull();
    app.storage.set(ROOM);
    await screen.until(() => screen.query('[data-storage]') === null);
  },
);

test('[SP7] after a refused write the estimate is not held up as a comfort', async () => {
  const app = new MemoryApp();
  const screen = new Screen(app, '/');
  app.storage.set({ ...ROOM, level: 'red', isFull: true });
  const notice = await screen.find('[data-storage=red][data-full]');
  expect(screen.text(notice)).toContain('Memori HP penuh.');
  expect(screen.text(notice)).toContain('Jangan tutup aplikasi');
  expect(screen.text(notice)).not.toContain('Sisa');
});

test('[SP7] a sign-in that a full device cannot keep says that the device is full, not that the centre is at fault', async () => {
  const app = new MemoryApp(null);
  app.storage.set({ ...ROOM, level: 'red', isFull: true });
  app.signInFailure = 'internal';
  const screen = new Screen(app, '/');
  await userEvent.fill(await screen.find('input[name=user]'), 'ani');
  await userEvent.fill(await screen.find('input[name=password]'), 'secret');
  await screen.click('[data-sign-in]');
  expect(screen.text(await screen.find('[data-failure=internal]'))).toContain('Memori HP penuh');
});

test('[SP7] amber for little room and amber for no promise say different things', async () => {
  const app = new MemoryApp();
  const screen = new Screen(app, '/');
  app.storage.set({ ...ROOM, quota: 400 * MB, level: 'amber' });
  expect(screen.text(await screen.find('[data-storage=amber]'))).toContain('Sisa 390 MB');
  app.storage.set({ ...ROOM, persisted: false, level: 'amber' });
  await screen.until(() => screen.query('details[data-storage=amber]'));
});
