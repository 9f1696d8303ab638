import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '../../packages/relay/src/main.ts');

/** A real relay in a process of its own, on a free port that it keeps over restarts; its data lies in a folder of its own. */
export class RelayProcess {
  readonly data = mkdtempSync(join(tmpdir(), 'rukun-relay-'));
  readonly #app: string | null;
  #process: ChildProcess | null = null;
  #port = 0;

  /** `app`: the folder of a build to serve; the project's own if there is none. */
  constructor(app: string | null = null) {
    this.#app = app;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts it and waits until it listens. The demo is imported on the first start. */
  async start(): Promise<void> {
    const args = [MAIN, 'serve', '--demo', '--port', String(this.#port), '--data', this.data];
    if (this.#app !== null) args.push('--app', this.#app);
    const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = running;
    for await (const line of createInterface({ input: running.stdout })) {
      const port = /listening http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port !== undefined) {
        this.#port = Number(port);
        running.stdout.resume();
        return;
      }
    }
    throw new Error('the relay ended before it listened');
  }

  /** Ends it at once, as a power cut would; resolves when it is gone. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Stops it in order and removes its data. */
  async remove(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }

  #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      running.once('exit', () => resolve());
      running.kill(signal);
    });
  }
}
