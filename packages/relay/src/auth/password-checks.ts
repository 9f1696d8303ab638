import type { Random } from '@rukun/core/foundation';
import { hashPassword, verifyPassword } from './password.ts';

/** Each check holds 19 MiB and a thread for 40 ms; more than so many waiting are turned away. */
const MOST_RUNNING = 2;
const MOST_WAITING = 64;

/** Checks passwords, the same work whether the person exists or not, a bounded number at a time. */
export class PasswordChecks {
  readonly #decoy: Promise<string>;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(random: Random) {
    this.#decoy = hashPassword('nobody', random);
  }

  /** Whether the password fits the hash; never for null (no such person). `busy`: too many at once, try again. */
  async check(password: string, hash: string | null): Promise<boolean | 'busy'> {
    if (this.#waiting.length >= MOST_WAITING) return 'busy';
    if (this.#running >= MOST_RUNNING) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      const fits = await verifyPassword(password, hash ?? (await this.#decoy));
      return fits && hash !== null;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }
}
