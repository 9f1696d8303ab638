import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** How long a server may take from its start to its first answer. */
const START_MS = 300_000;
const STOP_MS = 20_000;

export interface ServerCommand {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The line on stdout that says it listens. */
  readonly listening: RegExp;
}

/** One server in a process of its own, stopped by its id and never by its name. */
export class ServerProcess {
  static readonly #running = new Set<ServerProcess>();
  readonly #process: ChildProcess;
  readonly #exited: Promise<void>;
  readonly pid: number;

  private constructor(running: ChildProcess, pid: number) {
    this.#process = running;
    this.pid = pid;
    ServerProcess.#running.add(this);
    this.#exited = new Promise((resolve) => {
      running.once('exit', () => {
        ServerProcess.#running.delete(this);
        resolve();
      });
    });
  }

  /** Starts Node on `args` and resolves once it has said that it listens. */
  static async start({ args, env = {}, listening }: ServerCommand): Promise<ServerProcess> {
    const running = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', process.env['BENCH_STDERR'] === undefined ? 'ignore' : 'inherit'],
      env: { ...process.env, ...env },
    });
    if (running.pid === undefined) throw new Error('the server could not be started');
    const server = new ServerProcess(running, running.pid);
    let hasTimedOut = false;
    const timer = setTimeout(() => {
      hasTimedOut = true;
      running.kill('SIGKILL');
    }, START_MS);
    try {
      for await (const line of createInterface({ input: running.stdout })) {
        if (!listening.test(line)) continue;
        running.stdout.resume();
        return server;
      }
    } finally {
      clearTimeout(timer);
    }
    throw new Error(
      hasTimedOut ? 'the server did not listen in time' : 'the server ended before it listened',
    );
  }

  /** Those that run at this moment. */
  static running(): readonly ServerProcess[] {
    return [...ServerProcess.#running];
  }

  /** Tells every server that still runs to end at once; for a measure that was given up, or a run that was. */
  static killAll(): void {
    for (const server of ServerProcess.#running) server.#process.kill('SIGKILL');
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Ends it at once, as `kill -9`; resolves when it is gone. */
  kill(): Promise<void> {
    if (this.isRunning) this.#process.kill('SIGKILL');
    return this.#exited;
  }

  /** Asks it to end, and ends it if it does not. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await this.#exited;
    clearTimeout(timer);
  }
}

/** A port nobody listens on at this moment, for servers that cannot say which one they were given. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
}
