import type { AppPage } from '../tests/e2e/app-page.ts';

/** Per answer, ms. */
export interface AnswerTimes {
  readonly toPaint: readonly number[];
  readonly longestTasks: readonly number[];
}

/** Codes of block III in the order of the form, twice with different ones, so that every one of them changes something. */
const ANSWERS: readonly (readonly [question: string, code: string])[] = [
  ['301a', '2'],
  ['303', '3'],
  ['304', '2'],
  ['305', '2'],
  ['303', '4'],
  ['304', '4'],
  ['305', '3'],
  ['301a', '1'],
];

declare global {
  // oxlint-disable-next-line no-var -- a property of the page's own global object
  var answers: { toPaint: number; longestTask: number };
}

/** Types answers into the family that is open; `slowDown` runs once it is there. */
export async function answerTimes(app: AppPage, slowDown: () => Promise<void>): Promise<AnswerTimes> {
  await app.goTo('III');
  await app.page.evaluate(() => {
    globalThis.answers = { toPaint: 0, longestTask: 0 };
    const note = (key: 'toPaint' | 'longestTask') => (list: PerformanceObserverEntryList) => {
      for (const { duration } of list.getEntries())
        globalThis.answers[key] = Math.max(globalThis.answers[key], duration);
    };
    // Event timing: from the key press to the paint after it, in steps of 8 ms.
    new PerformanceObserver(note('toPaint')).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit);
    new PerformanceObserver(note('longestTask')).observe({ type: 'longtask' });
  });
  await slowDown();
  const toPaint: number[] = [];
  const longestTasks: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [question, code] of ANSWERS) {
      const path = `answers/${question}`;
      await app.input(path).focus();
      await app.page.evaluate(settle);
      await app.page.evaluate(() => Object.assign(globalThis.answers, { toPaint: 0, longestTask: 0 }));
      await app.page.keyboard.type(code);
      await app.page.evaluate(settle);
      const { toPaint: paint, longestTask } = await app.page.evaluate(() => globalThis.answers);
      toPaint.push(paint);
      longestTasks.push(longestTask);
    }
  }
  return { toPaint, longestTasks };
}

/**
 * Runs in the page: two paints and an idle moment later, everything an answer set off is done and noted. Nothing of the
 * test's own runs in the page meanwhile, it would be measured too.
 */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => requestIdleCallback(() => setTimeout(resolve, 50))),
    );
  });
}
