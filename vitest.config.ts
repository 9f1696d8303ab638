import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags, chromiumPath } from './tests/support/chromium.ts';

const jsonFile = process.env['RUKUN_TEST_JSON'];

/** Legacy decorators, as the app's tsconfig has them. */
const oxc = {
  decorator: { legacy: true, emitDecoratorMetadata: false },
  assumptions: { setPublicClassFields: true },
};

const bundledForBrowser = [
  'idb',
  'lib0/decoding',
  'lib0/encoding',
  'lib0/hash/sha256',
  'lib0/string',
  'lit',
  'lit/decorators.js',
  'lit/directives/keyed.js',
  'lit/directives/live.js',
  'lit/directives/repeat.js',
  'lit/directives/style-map.js',
  'y-indexeddb',
  'y-protocols/awareness',
  'y-websocket',
  'yjs',
];

export default defineConfig({
  test: {
    reporters: jsonFile ? ['default', ['json', { outputFile: jsonFile }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'tests/core/**/*.test.ts',
            'tests/relay/**/*.test.ts',
            'tests/pwa/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
            'tests/attacks/**/*.test.ts',
            'tests/fuzz/**/*.test.ts',
            'tests/scenarios/**/*.test.ts',
            'tests/simulation/pinned.test.ts',
          ],
          exclude: ['tests/**/*.browser.test.ts', 'tests/e2e/**', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'simulation',
          environment: 'node',
          include: ['tests/simulation/*-thousand.test.ts'],
          // Both halves at once, after everything else.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        oxc,
        // Found before the first test: a dependency found later reloads the page under the tests, with a second Yjs.
        optimizeDeps: { include: bundledForBrowser },
        resolve: { dedupe: ['yjs', 'lit'] },
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          exclude: ['tests/e2e/**', '**/node_modules/**'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...chromiumFlags],
                ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.e2e.ts'],
          globalSetup: ['tests/e2e/build-app.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
