import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** The officer's first load (DESIGN.md section 10), compressed. */
const BUDGET = { scriptBytes: 120 * 1024, totalBytes: 250 * 1024 };

/**
 * Prints what an officer's first load weighs, compressed as the relay does it: the page, its styles, its scripts with all they import at once, and
 * the same of `screens`, which every officer opens. What only others load on demand is listed apart.
 */
export function firstLoad(screens: readonly string[]): Plugin {
  return {
    name: 'rukun:first-load',
    apply: 'build',
    generateBundle(_options, bundle) {
      const first = new Set<string>();
      const visit = (name: string): void => {
        const file = bundle[name];
        if (first.has(name) || file?.type !== 'chunk') return;
        first.add(name);
        for (const imported of file.imports) visit(imported);
      };
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk' && (file.isEntry || screens.includes(file.name))) visit(name);
      }
      let scripts = 0;
      let rest = 0;
      let later = 0;
      for (const [name, file] of Object.entries(bundle)) {
        const bytes = brotliCompressSync(file.type === 'chunk' ? file.code : file.source).byteLength;
        if (first.has(name)) scripts += bytes;
        else if (file.type === 'asset' && /\.(css|html)$/.test(name)) rest += bytes;
        else if (file.type === 'chunk') later += bytes;
      }
      const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
      const line = `first load, brotli as the relay sends it: scripts ${kb(scripts)} of ${kb(BUDGET.scriptBytes)}, in total ${kb(scripts + rest)} of ${kb(BUDGET.totalBytes)}; later ${kb(later)}`;
      if (scripts > BUDGET.scriptBytes || scripts + rest > BUDGET.totalBytes)
        this.warn(`over budget: ${line}`);
      else this.info(line);
    },
  };
}
