import { Value } from '@rukun/core/foundation';
import type { DocumentName, Me } from '@rukun/core/protocol';
import { parseFamilyContent } from '../live/family-content.ts';
import type { Frames } from '../platform/frames.ts';
import type { Catalogue, CatalogueRow } from '../stores/catalogue.ts';
import type { Vault } from '../stores/vault.ts';
import type { Families, FamilyEntry } from './app.ts';

/** The list of families, from the catalogue only: no document is opened for it. */
export class FamilyList implements Families {
  readonly list = new Value<readonly FamilyEntry[]>([]);
  readonly arriving = new Value<{ readonly here: number } | null>(null);
  readonly #vault: Vault;
  readonly #catalogue: Catalogue;
  readonly #frames: Frames;
  readonly #me: () => Me | null;
  readonly #isUnsaved: (document: DocumentName) => boolean;
  readonly #entries = new Map<DocumentName, FamilyEntry>();
  /** Here, but not looked into yet. */
  readonly #unread = new Set<DocumentName>();
  readonly #changed = new Set<DocumentName>();
  #person: string | null = null;
  #isDue = false;
  #reading: Promise<void> = Promise.resolve();

  /** `isUnsaved`: whether the device could not store some edit of a family yet. */
  constructor(
    vault: Vault,
    catalogue: Catalogue,
    frames: Frames,
    me: () => Me | null,
    isUnsaved: (document: DocumentName) => boolean,
  ) {
    this.#vault = vault;
    this.#catalogue = catalogue;
    this.#frames = frames;
    this.#me = me;
    this.#isUnsaved = isUnsaved;
    vault.onStored((documents) => {
      this.refresh(documents);
    });
  }

  /** Reads everything again: after a start, or when somebody signed in or out. */
  async load(): Promise<void> {
    const person = this.#me()?.person.id ?? null;
    if (person !== this.#person) this.list.set([]);
    this.#person = person;
    // After a sign-in nobody should take an empty list for the truth.
    if (person !== null && this.list.get().length === 0) this.arriving.set({ here: 0 });
    // One after the other: two at once would mix what two people have.
    const reading = this.#reading.then(() => this.#readAll());
    this.#reading = reading.catch(() => undefined);
    await reading;
  }

  async #readAll(): Promise<void> {
    this.#entries.clear();
    this.#unread.clear();
    this.#changed.clear();
    if (this.#me() !== null) this.#keep(await this.#catalogue.all());
    await this.#tell();
  }

  /** Reads these again, with the next frame. */
  refresh(documents: readonly DocumentName[]): void {
    for (const document of documents) this.#changed.add(document);
    if (this.#isDue) return;
    this.#isDue = true;
    this.#frames.next(() => {
      this.#isDue = false;
      // A list that cannot be read now is read again with the next change.
      this.#reading = this.#reading.then(() => this.#readChanged()).catch(() => undefined);
    });
  }

  async #readChanged(): Promise<void> {
    if (this.#me() === null) return;
    const documents = [...this.#changed];
    this.#changed.clear();
    const rows = await this.#catalogue.of(documents);
    // What is not here any more was erased, and its owner may not read it.
    for (const document of documents) {
      if (rows.some((row) => row.document === document)) continue;
      this.#entries.delete(document);
      this.#unread.delete(document);
    }
    this.#keep(rows);
    await this.#tell();
  }

  #keep(rows: readonly CatalogueRow[]): void {
    for (const row of rows) {
      if (!row.document.startsWith('household/')) continue;
      const entry = entryOf(row, !this.#isUnsaved(row.document));
      if (entry === null) {
        this.#unread.add(row.document);
        this.#entries.delete(row.document);
      } else {
        this.#entries.set(row.document, entry);
        this.#unread.delete(row.document);
      }
    }
  }

  async #tell(): Promise<void> {
    const me = this.#me();
    const areas = new Set(me?.areas.map((area) => area.id));
    const shown = [...this.#entries.values()].filter((entry) => areas.has(entry.area) || !entry.ticks.relay);
    this.list.set(shown.sort(inListingOrder));
    const { feeds } = me === null ? { feeds: [] } : await this.#vault.position();
    const held = new Set(feeds.flatMap((feed) => feed.held));
    const isComplete = this.#unread.size === 0 && [...areas].every((area) => held.has(area));
    const { length: here } = shown;
    if (isComplete) this.arriving.set(null);
    else if (this.arriving.get()?.here !== here) this.arriving.set({ here });
  }
}

function entryOf(
  { document, area, entry, isWaiting, refused, updatedAt }: CatalogueRow,
  isOnDevice: boolean,
): FamilyEntry | null {
  const content = parseFamilyContent(entry);
  if (content === null) return null;
  const { isSeen, ...shown } = content;
  return {
    document,
    area,
    ...shown,
    ticks: { device: isOnDevice, relay: !isWaiting, supervisor: isSeen, refused },
    updatedAt,
  };
}

/** By area, building, family, number in the printed list; what has no number yet comes last. */
function inListingOrder(a: FamilyEntry, b: FamilyEntry): number {
  return (
    compare(a.area, b.area) ||
    compare(a.building ?? Infinity, b.building ?? Infinity) ||
    compare(a.family ?? Infinity, b.family ?? Infinity) ||
    compare(a.prelistNumber ?? Infinity, b.prelistNumber ?? Infinity) ||
    compare(a.document, b.document)
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
