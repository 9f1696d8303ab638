import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { chromiumFlags, chromiumPath } from './chromium.ts';

/** A person's browser: a profile on disk that outlives the browser process. */
export class BrowserProfile {
  /** Everything the browser keeps. */
  readonly folder = mkdtempSync(join(tmpdir(), 'rukun-profile-'));
  #context: BrowserContext | null = null;

  /** Opens the browser on this profile at phone or laptop size. */
  async open(url: string, size: 'phone' | 'laptop' = 'phone'): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.folder, {
      ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
      args: [...chromiumFlags],
      viewport: size === 'phone' ? { width: 360, height: 740 } : { width: 1280, height: 800 },
      locale: 'id-ID',
      geolocation: { latitude: 1.1617, longitude: 124.8354, accuracy: 8 },
      permissions: ['geolocation'],
    });
    const page = this.#context.pages()[0] ?? (await this.#context.newPage());
    await page.goto(url);
    return page;
  }

  /** Ends every process of the browser at once, as a phone that falls into the water would. */
  async kill(): Promise<void> {
    const context = this.#context;
    this.#context = null;
    if (!context) return;
    const closed = new Promise<void>((resolve) => {
      context.once('close', () => resolve());
    });
    const list = spawnSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).stdout;
    for (const line of list.split('\n')) {
      if (line.includes(this.folder)) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    }
    await closed;
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
