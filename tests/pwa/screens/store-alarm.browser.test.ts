import { expect, test } from 'vitest';
import { StoreFailure } from '../../../packages/pwa/src/stores/store-failure.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { Screen } from '../support/screen.ts';

test('a write the device refused and no screen took care of is said, in words, until it is read', async () => {
  const screen = new Screen(new MemoryApp(), '/');
  await screen.find('[data-add-family]');
  const event = new ErrorEvent('error', { error: new StoreFailure('full', null), cancelable: true });
  dispatchEvent(event);
  expect(event.defaultPrevented).toBe(true);
  const alarm = await screen.find('[data-store-alarm=full]');
  expect(alarm.textContent).toContain('Memori HP penuh');
  (await screen.find('[data-store-alarm] button')).click();
  await screen.until(
    () => screen.shell.renderRoot.querySelector('rk-store-alarm')?.renderRoot.querySelector('*') === null,
  );
});
