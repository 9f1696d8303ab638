import { digestDocuments, hashEntry, isSameHash, printHead, START, type AuditHead } from './chain.ts';
import type { AuditKeys } from './keys.ts';
import { RowDigest } from './row-digest.ts';
import { timeText, type AuditSource, type StoredEntry } from './stored-entry.ts';

/** What a check of the audit log found. */
export interface Verification {
  /** Where the log ends, as far as it was followed. */
  readonly head: AuditHead;
  /** Rows of the log of documents that are older than the audit log: nothing tells whose they were. */
  readonly olderRows: number;
  /** The first thing that is wrong, in words of the operator; null if nothing is. */
  readonly fault: string | null;
}

type VerifyKeys = Pick<AuditKeys, 'current' | 'find' | 'ageOf'>;

/** Ends a check with what is wrong. */
class Fault extends Error {}

/**
 * Follows the chain from its first entry to its last, checks of every `written` entry whose the rows are, of every `read`
 * that it is found by its documents, and that the log goes at least to each of `heads` and has that entry there. Once it went on
 * under a newer key an older one, which somebody may have by now, makes no more entries; the last is under the present one.
 */
export function verifyAudit(
  source: AuditSource,
  keys: VerifyKeys,
  heads: readonly AuditHead[],
): Verification {
  const check = new Check(source, keys, heads);
  try {
    for (const entry of source.entries()) check.follow(entry);
    check.end();
    return { ...check.found(), fault: null };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...check.found(), fault: error.message };
  }
}

class Check {
  readonly #source: AuditSource;
  readonly #keys: VerifyKeys;
  readonly #heads: readonly AuditHead[];
  #head: AuditHead = START;
  /** Of the entry before. */
  #key: string | null = null;
  #rows = 0;
  #olderRows = 0;
  #readings = 0;

  constructor(source: AuditSource, keys: VerifyKeys, heads: readonly AuditHead[]) {
    this.#source = source;
    this.#keys = keys;
    this.#heads = heads;
  }

  found(): Pick<Verification, 'head' | 'olderRows'> {
    return { head: this.#head, olderRows: this.#olderRows };
  }

  follow(entry: StoredEntry): void {
    this.#checkChain(entry);
    this.#checkAge(entry);
    if (entry.kind === 'begun') this.#begin(entry);
    if (entry.kind === 'written') this.#checkRows(entry);
    if (entry.documents.length > 0) this.#checkReading(entry);
    this.#head = { seq: entry.seq, hash: entry.hash };
    for (const head of this.#heads) {
      if (head.seq === entry.seq && !isSameHash(head.hash, entry.hash))
        throw new Fault(`${name(entry)}: is another one than the head ${printHead(head)} says`);
    }
  }

  end(): void {
    const last = this.#source.lastRow();
    if (last > this.#rows) throw new Fault(`rows ${this.#rows + 1} to ${last} of the log are in no entry`);
    for (const head of this.#heads) {
      if (head.seq > this.#head.seq)
        throw new Fault(
          `the audit log ends with entry ${this.#head.seq}, but it had ${head.seq}: its end was cut off, or an older state was put in its place`,
        );
    }
    if (this.#key !== null && this.#key !== this.#keys.current.id)
      throw new Fault(
        `entry ${this.#head.seq}, the last, is under the older key ${this.#key}: start the relay with the present one; if it ran with it, the end was replaced`,
      );
    if (this.#source.readingCount() !== this.#readings)
      throw new Fault('documents are found under entries that do not list them');
  }

  #checkChain(entry: StoredEntry): void {
    const expected = this.#head.seq + 1;
    if (entry.seq !== expected)
      throw new Fault(`entry ${expected}: is missing; what follows is ${name(entry)}`);
    const key = this.#keys.find(entry.key);
    if (!key) throw new Fault(`${name(entry)}: was made under the key ${entry.key}, which is not here`);
    const fields = { ...entry, documentsDigest: digestDocuments(entry.documents) };
    if (!isSameHash(hashEntry(key, entry.prev, fields), entry.hash))
      throw new Fault(`${name(entry)}: was changed, or was not made by the relay`);
    if (!isSameHash(entry.prev, this.#head.hash))
      throw new Fault(`${name(entry)}: does not follow entry ${this.#head.seq} as it stands`);
  }

  #checkAge(entry: StoredEntry): void {
    const [age, before] = [entry.key, this.#key ?? entry.key].map((key) => this.#keys.ageOf(key) ?? 0);
    if ((age ?? 0) > (before ?? 0))
      throw new Fault(`${name(entry)}: was made under the older key ${entry.key} after a newer one`);
    this.#key = entry.key;
  }

  #begin(entry: StoredEntry): void {
    if (entry.seq !== 1) throw new Fault(`${name(entry)}: is not the first`);
    this.#olderRows = this.#rows = numberOf(entry, 'rows');
  }

  #checkRows(entry: StoredEntry): void {
    const [from, to] = [numberOf(entry, 'from'), numberOf(entry, 'to')];
    if (from !== this.#rows + 1)
      throw new Fault(`${name(entry)}: tells of rows from ${from} on, after row ${this.#rows}`);
    const digest = new RowDigest();
    for (const row of this.#source.authorship(from, to)) digest.add(row);
    if (digest.event().digest !== detailsOf(entry)['digest'])
      throw new Fault(
        `${name(entry)}: whose and when rows ${from} to ${to} of the log are was changed, or some are gone`,
      );
    this.#rows = to;
  }

  #checkReading(entry: StoredEntry): void {
    this.#readings += entry.documents.length;
    if (!this.#source.isFoundByDocuments(entry))
      throw new Fault(`${name(entry)}: is not found by the documents it lists`);
  }
}

/** How an entry is named to the operator. */
function name({ seq, kind, at }: StoredEntry): string {
  return `entry ${seq} (${kind}, ${timeText(at)})`;
}

/** Read only after the hash was right: then the relay wrote them. */
function detailsOf({ details }: StoredEntry): Readonly<Record<string, unknown>> {
  return JSON.parse(details) as Record<string, unknown>;
}

function numberOf(entry: StoredEntry, field: string): number {
  return Number(detailsOf(entry)[field]);
}
