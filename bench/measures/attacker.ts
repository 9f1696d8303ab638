import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import type { Door } from '../contenders/bare-socket.ts';

/** What a client does that means harm. */
export interface Attack {
  readonly reads: boolean;
  readonly updates: readonly Uint8Array[];
  /** How often it asks for the whole document. */
  readonly asks: number;
}

/** What the attacker's thread is given. */
export interface Orders {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly hello: readonly Uint8Array[];
  /** Whether it has to be let in by a message before it may begin. */
  readonly awaitsWelcome: boolean;
  readonly reads: boolean;
  readonly frames: readonly Uint8Array[];
}

/** A hostile client in a thread of its own, so that its own work is not measured as somebody's wait. */
export class Attacker {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** Connects and is let in; does nothing yet. */
  static async atTheDoor({ url, protocols, dialect }: Door, attack: Attack): Promise<Attacker> {
    const ask = dialect.ask();
    const orders: Orders = {
      url,
      protocols,
      hello: dialect.hello,
      awaitsWelcome: dialect.isWelcome !== undefined,
      reads: attack.reads,
      frames: [
        ...attack.updates.map((update) => dialect.update(update)),
        ...Array.from({ length: attack.asks }, () => ask),
      ],
    };
    const worker = new Worker(new URL('attacker-thread.ts', import.meta.url), { workerData: orders });
    const attacker = new Attacker(worker);
    await once(worker, 'message');
    return attacker;
  }

  /** Sends everything at once. */
  begin(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage('begin');
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
