import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Every file of the app shell, put in by the build. */
declare const PRECACHE_MANIFEST: { url: string; revision: string | null }[];

// The shell and nothing else: answers of the relay hold personal data and never enter a cache. A new version is fetched
// whole before it is installed; until it is applied the old one stays as it is.
precacheAndRoute(PRECACHE_MANIFEST);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api\//, /^\/live\//] }),
);

// The first page ever opened is served by this worker from now on, too.
clientsClaim();

self.addEventListener('message', (event) => {
  if (event.data === 'apply') void self.skipWaiting();
});
