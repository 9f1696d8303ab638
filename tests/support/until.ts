import type { Observable } from '../../packages/pwa/src/app/app.ts';

/** Resolves with the first value that fits; the test's own time limit ends it otherwise. */
export function until<T>(observable: Observable<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    if (fits(observable.get())) {
      resolve(observable.get());
      return;
    }
    const stop = observable.subscribe((value) => {
      if (!fits(value)) return;
      stop();
      resolve(value);
    });
  });
}
