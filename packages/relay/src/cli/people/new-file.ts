import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { syncFolder } from '../../storage/sqlite/backup.ts';

/**
 * A file that is under its name only once it is whole, readable for its owner only, and that replaces nothing. Before {@link keep}
 * it lies beside it as `<name>.part`.
 */
export class NewFile {
  readonly #path: string;
  readonly #part: string;
  readonly #handle: number;
  #isOpen = true;

  private constructor(path: string, handle: number) {
    this.#path = path;
    this.#part = `${path}.part`;
    this.#handle = handle;
  }

  /** Begins it, or says why it cannot be made. */
  static make(name: string): NewFile | string {
    const path = resolve(name);
    if (existsSync(path)) return `${name} is there already; nothing was changed`;
    if (existsSync(`${path}.part`))
      return `${name}.part is there already, from an import that was interrupted: look whether its people are there (rukun people list); if so, its passwords are theirs. Move it away first`;
    try {
      return new NewFile(path, openSync(`${path}.part`, 'wx', 0o600));
    } catch (error) {
      const { code } = error as { code?: unknown };
      return `cannot write ${name}: ${typeof code === 'string' ? code : 'it cannot be made'}`;
    }
  }

  write(text: string): void {
    writeSync(this.#handle, text);
  }

  /** Brings it to disk. */
  sync(): void {
    fsyncSync(this.#handle);
  }

  /**
   * Gives it its name, and returns where it is: where it cannot have the name any more it stays beside it as `<name>.part`. From here on
   * nothing removes it.
   */
  keep(): string {
    this.#isOpen = false;
    closeSync(this.#handle);
    try {
      this.#takeName();
      syncFolder(dirname(this.#path));
    } catch (error) {
      if (typeof (error as { code?: unknown }).code !== 'string') throw error;
    }
    return existsSync(this.#part) ? this.#part : this.#path;
  }

  /** By a link, which replaces nothing; by another name where the file system has no links. */
  #takeName(): void {
    try {
      linkSync(this.#part, this.#path);
      rmSync(this.#part, { force: true });
    } catch (error) {
      if (existsSync(this.#path)) throw error;
      renameSync(this.#part, this.#path);
    }
  }

  /** Removes what was not kept. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#handle);
    rmSync(this.#part, { force: true });
  }
}
