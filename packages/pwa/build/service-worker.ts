import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { precacheManifest } from './precache-manifest.ts';

/**
 * Builds the service worker after everything else, as one classic script at `/service-worker.js`, with the list of all
 * files that were emitted. It shares no code with the app, so a change of the app changes nothing but its list.
 */
export function serviceWorker(entry: string): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'rukun:service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        if (error) return;
        const manifest = await precacheManifest(folder);
        await build({
          configFile: false,
          root,
          logLevel: 'warn',
          publicDir: false,
          define: { PRECACHE_MANIFEST: JSON.stringify(manifest), 'process.env.NODE_ENV': '"production"' },
          build: {
            target: 'chrome107',
            outDir: folder,
            emptyOutDir: false,
            reportCompressedSize: false,
            rolldownOptions: {
              input: resolve(root, entry),
              output: { format: 'iife', entryFileNames: 'service-worker.js' },
            },
          },
        });
      },
    },
  };
}
