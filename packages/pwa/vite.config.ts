import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { firstChunks } from './build/first-chunks.ts';
import { firstLoad } from './build/first-load.ts';
import { serviceWorker } from './build/service-worker.ts';

const sourceOf = (name: string): string => fileURLToPath(new URL(`src/${name}`, import.meta.url));

const groups = firstChunks(
  sourceOf('main.ts'),
  sourceOf('screens/household/household-screen.ts'),
  /\/(?:rescue-file|hand-in-messages|passwords|audit-messages|device\/audit|device\/lack|device\/comparison)\.ts$/,
);

/** `npm run build` for the relay to serve; `vite` alone is for work on screens, with a relay on port 8080 beside it. */
export default defineConfig({
  // Lit's decorators are the legacy kind; the standard ones would reach the browsers unlowered.
  oxc: { decorator: { legacy: true } },
  // Without encryption on the device: for the test that shows what it is there for.
  define: { RUKUN_PLAIN: JSON.stringify(process.env['RUKUN_PLAIN_VAULT'] === 'for-a-test') },
  // Yjs names a logger for its debugging helpers. lib0's edition for browsers draws in the page and weighs 4 KB; this one prints.
  resolve: { alias: { 'lib0/logging': fileURLToPath(import.meta.resolve('lib0/logging')) } },
  build: {
    target: 'chrome107',
    // Nothing inline: the relay's content security policy forbids it.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  plugins: [serviceWorker('src/service-worker/service-worker.ts'), firstLoad(['household-screen'])],
  server: {
    proxy: { '/api': 'http://localhost:8080', '/live': { target: 'ws://localhost:8080', ws: true } },
  },
});
