import type { Page } from 'playwright';

/** When the list was there, in ms since the navigation began. */
export interface ListTimes {
  /** The lock screen takes a PIN. */
  readonly door: number;
  /** Last digit of the PIN. */
  readonly unlocked: number;
  readonly firstRow: number;
  readonly searched: number;
  readonly longestTask: number;
}

declare global {
  // oxlint-disable-next-line no-var -- a property of the page's own global object
  var bench: { door: number; unlocked: number; firstRow: number; longestTask: number };
}

/** From the next navigation on, notes when the first rows of the list are painted, and the longest task. */
export async function watchForList(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.bench = { door: 0, unlocked: 0, firstRow: 0, longestTask: 0 };
    addEventListener('keydown', () => (globalThis.bench.unlocked = performance.now()), true);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        globalThis.bench.longestTask = Math.max(globalThis.bench.longestTask, duration);
    }).observe({ type: 'longtask', buffered: true });
    const atDoor = (): void => {
      const door = document.querySelector('rk-app')?.shadowRoot?.querySelector('rk-lock-screen');
      if (!door?.shadowRoot?.querySelector('rk-pin-pad')) requestAnimationFrame(atDoor);
      else requestAnimationFrame(() => setTimeout(() => (globalThis.bench.door = performance.now())));
    };
    requestAnimationFrame(atDoor);
    const look = (): void => {
      const list = document
        .querySelector('rk-app')
        ?.shadowRoot?.querySelector('rk-families-screen')
        ?.shadowRoot?.querySelector('rk-family-list');
      if (!list?.shadowRoot?.querySelector('[data-family]')) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => (globalThis.bench.firstRow = performance.now())));
    };
    requestAnimationFrame(look);
  });
}

/** Waits for the list, searches in it as an officer does, and returns what it took. */
export async function listTimes(page: Page, families: number): Promise<ListTimes> {
  await page.waitForFunction(() => globalThis.bench.firstRow > 0);
  await page.waitForFunction((wanted) => {
    const app = document.querySelector<Element & { app?: { families: { list: { get(): unknown[] } } } }>(
      'rk-app',
    );
    return (app?.app?.families.list.get().length ?? 0) >= wanted;
  }, families);
  await page.locator('input[type=search]').fill('MELATI 29');
  await page.waitForFunction(() => {
    const list = document
      .querySelector('rk-app')
      ?.shadowRoot?.querySelector('rk-families-screen')
      ?.shadowRoot?.querySelector('rk-family-list');
    const rows = list?.shadowRoot?.querySelectorAll('[data-family]').length ?? 0;
    return rows > 0 && rows < 20;
  });
  return page.evaluate(() => ({ ...globalThis.bench, searched: performance.now() }));
}
