import type { Clock } from '@rukun/core/foundation';
import { readSnapshot } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import type { EnumerationSettings, Form } from '@rukun/core/questionnaire';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { evaluateSnapshot, familyContent, type FamilyContent } from '../live/family-content.ts';
import type { Frames } from '../platform/frames.ts';
import type { Catalogue } from '../stores/catalogue.ts';
import type { Vault } from '../stores/vault.ts';

/** Half a frame on a fast phone; a slow one gets through one or two documents in it. */
const SLICE_MS = 8;
const BATCH = 25;

/** What the keeper needs. */
export interface KeeperParts {
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly frames: Frames;
  readonly form: Form;
  settings(): EnumerationSettings;
  isSignedIn(): boolean;
  /** Open ones keep their own entry. */
  isOpen(document: DocumentName): boolean;
}

/** Brings the catalogue entries of documents that changed without being open up to date, in slices while nothing else is to do. */
export class CatalogueKeeper {
  readonly #parts: KeeperParts;
  #isWorking = false;
  #isDue = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    parts.vault.onStored(() => {
      this.wake();
    });
  }

  /** Looks whether there is anything to do. */
  wake(): void {
    this.#isDue = true;
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#parts.frames.idle(() => void this.#look());
  }

  async #look(): Promise<void> {
    this.#isDue = false;
    try {
      await this.#work();
    } catch {
      // The database did not answer: with the next change there is another look.
      this.#isDue = false;
    }
    this.#isWorking = false;
    if (this.#isDue) this.wake();
  }

  async #work(): Promise<void> {
    const { catalogue, clock } = this.#parts;
    if (!this.#parts.isSignedIn()) return;
    const names = (await catalogue.stale()).filter(
      (name) => name.startsWith('household/') && !this.#parts.isOpen(name),
    );
    for (let from = 0; from < names.length; from += BATCH) {
      const entries: { document: DocumentName; upToRow: number; entry: FamilyContent }[] = [];
      let start = clock.now();
      for (const document of names.slice(from, from + BATCH)) {
        const computed = await this.#compute(document);
        if (computed) entries.push(computed);
        if (clock.now() - start < SLICE_MS) continue;
        await this.#pause();
        start = clock.now();
      }
      if (!this.#parts.isSignedIn()) return;
      await catalogue.put(entries);
    }
  }

  async #compute(
    document: DocumentName,
  ): Promise<{ document: DocumentName; upToRow: number; entry: FamilyContent } | null> {
    const { vault, form } = this.#parts;
    const { rows, lastRow } = await vault.news(document, 0, () => false);
    if (rows.length === 0) return null;
    const doc = new Doc({ gc: false });
    applyUpdate(doc, mergeUpdates(rows.map(({ update }) => update)), this);
    const snapshot = readSnapshot(doc);
    const entry = familyContent(doc, snapshot, evaluateSnapshot(form, snapshot, this.#parts.settings()));
    doc.destroy();
    return { document, upToRow: lastRow, entry };
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.frames.idle(resolve);
    });
  }
}
