import type { Random } from '@rukun/core/foundation';
import { hashPassword, verifyPassword } from './password.ts';

/** Each check holds 19 MiB and a thread for 40 ms; more than so many waiting are turned away. */
const MOST_RUNNING = 2;
const MOST_WAITING = 64;

/** Checks and hashes passwords, the same work whether the person exists or not, a bounded number at a time. */
export class PasswordChecks {
  readonly #decoy: Promise<string>;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #done = 0;

  constructor(random: Random) {
    this.#decoy = hashPassword('nobody', random);
  }

  /** How many hashes were computed for those who asked. */
  get done(): number {
    return this.#done;
  }

  /** Whether the password fits the hash; never for null (no such person). `busy`: too many at once, try again. */
  check(password: string, hash: string | null): Promise<boolean | 'busy'> {
    return this.#inTurn(async () => {
      const fits = await verifyPassword(password, hash ?? (await this.#decoy));
      return fits && hash !== null;
    });
  }

  /** The hash of a new password; null if there are too many at once. */
  async hash(password: string, random: Random): Promise<string | null> {
    const made = await this.#inTurn(async () => ({ hash: await hashPassword(password, random) }));
    return made === 'busy' ? null : made.hash;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T | 'busy'> {
    if (this.#waiting.length >= MOST_WAITING) return 'busy';
    if (this.#running >= MOST_RUNNING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      this.#done++;
      return await work();
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}
