import { expect, test } from 'vitest';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

test('[AU15] the panel asks for a comparison, shows how far it has come, and what it found', async () => {
  const app = new MemoryApp();
  const screen = new Screen(app, '/');
  await screen.click('[data-sync]');
  await screen.click('[data-audit]');
  expect(app.audits).toBe(1);
  app.auditState.set({ progress: { done: 12, of: 300 }, lastAt: null, report: null, failure: null });
  const progress = await screen.find('[data-audit-progress]');
  expect(screen.text(progress)).toBe('Memeriksa keluarga 12 dari 300…');
  expect((await screen.find('[data-audit]')).hasAttribute('disabled')).toBe(true);
  const same = { compared: 300, differing: 0, healed: 0, missingAtRelay: 0 };
  app.auditState.set({ progress: null, lastAt: 1_800_000_000_000, report: same, failure: null });
  expect(screen.text(await screen.find('[data-audit-outcome=same]'))).toContain('300 keluarga');
  expect(screen.text()).toContain('Terakhir diperiksa');
  const different = { compared: 300, differing: 6, healed: 3, missingAtRelay: 2 };
  app.auditState.set({ progress: null, lastAt: 1_800_000_000_000, report: different, failure: null });
  expect(screen.text(await screen.find('[data-audit-outcome=healed]'))).toContain('3 keluarga');
  expect(screen.text(await screen.find('[data-audit-outcome=missing]'))).toContain('2 keluarga');
  expect(screen.text(await screen.find('[data-audit-outcome=left]'))).toContain('1 keluarga');
  expect(screen.query('[data-audit-outcome=same]')).toBeNull();
  app.auditState.set({ progress: null, lastAt: null, report: null, failure: 'unavailable' });
  await screen.find('[data-audit-outcome=failed]');
});
