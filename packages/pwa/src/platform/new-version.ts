import { type Clock, Value } from '@rukun/core/foundation';
import { serviceWorkerAddress } from './trusted-script.ts';

const LOOK_AGAIN_MS = 60 * 60 * 1000;

/** A new version that has been downloaded whole and waits, or null. */
export type NewVersion = Value<{ apply(): void } | null>;

/** Registers the service worker and watches for new versions of the app. */
export function watchVersions(clock: Clock): NewVersion {
  const waiting: NewVersion = new Value<{ apply(): void } | null>(null);
  if (!('serviceWorker' in navigator)) return waiting;
  void register(waiting, clock).catch(() => {
    // Without a service worker the app still runs; it only does not start offline.
  });
  return waiting;
}

async function register(waiting: NewVersion, clock: Clock): Promise<void> {
  offerReload(waiting);
  const registration = await navigator.serviceWorker.register(serviceWorkerAddress(), {
    updateViaCache: 'none',
  });
  const offer = (worker: ServiceWorker): void => {
    waiting.set({
      apply() {
        navigator.serviceWorker.addEventListener('controllerchange', () => {
          location.reload();
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no target
        worker.postMessage('apply');
      },
    });
  };
  const follow = (worker: ServiceWorker | null): void => {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  };
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => {
    follow(registration.installing);
  });
  const lookAgain = (): void => {
    clock.after(LOOK_AGAIN_MS, () => {
      void registration.update().catch(() => undefined);
      lookAgain();
    });
  };
  lookAgain();
}

/**
 * Another tab has changed to the new version: the parts of the old one that this tab has not loaded yet are gone. What is
 * open goes on; the change is offered here too.
 */
function offerReload(waiting: NewVersion): void {
  let hadVersion = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadVersion)
      waiting.set({
        apply() {
          location.reload();
        },
      });
    hadVersion = true;
  });
}
