import { mayKeep, mayRead, readUntil, type Actor } from '@rukun/core/access';
import type { InstantMs } from '@rukun/core/foundation';
import {
  LIMITS,
  type Change,
  type DocumentName,
  type ExchangeRequest,
  type Feed,
} from '@rukun/core/protocol';
import { mergeMany } from '../compaction/merge-many.ts';
import { readKnownTo } from '../history/time-travel.ts';
import type { StoredDocument } from '../storage/records.ts';
import type { StorageReader } from '../storage/storage.ts';

/** What a device is missing, and where it stands once it has it. */
export interface Catch {
  readonly changes: readonly Change[];
  readonly feeds: readonly Feed[];
  readonly more: boolean;
}

/** What a request says about where the device stands, and documents it is sent whole. */
type Standing = Pick<ExchangeRequest, 'epoch' | 'feeds' | 'answerBytes' | 'wanted'> & {
  readonly now: InstantMs;
};

/**
 * The changes since the device's positions, at most about `answerBytes` or `LIMITS.answerAimBytes` of them (but always one,
 * so that it goes on). First the wanted documents, whole. Held areas come row by row in the order of the log, without the
 * device's own rows; new areas come document by document, whole. Positions of another epoch, or beyond the log, count as
 * none.
 */
export function readChanges(reader: StorageReader, actor: Actor, device: string, request: Standing): Catch {
  const { answerBytes } = request;
  const most = answerBytes > 0 ? Math.min(answerBytes, LIMITS.answerAimBytes) : LIMITS.answerAimBytes;
  const reading = new Reading(reader, actor, device, most);
  reading.readWhole(request.wanted, request.now);
  const isOurs = request.epoch === reader.epoch();
  const feeds: Feed[] = [];
  for (const [shard, areas] of byShard(actor.areas)) {
    const known = isOurs ? request.feeds.find((feed) => feed.shard === shard) : undefined;
    feeds.push(reading.advance(startOf(shard, areas, known, reading.end)));
  }
  return { changes: reading.changes, feeds, more: feeds.some((feed) => reading.isBehind(feed)) };
}

/** Areas by regency, the first four digits. */
function byShard(areas: ReadonlySet<string>): Map<string, string[]> {
  const shards = new Map<string, string[]>();
  for (const area of [...areas].sort()) {
    const shard = area.slice(0, 4);
    shards.set(shard, [...(shards.get(shard) ?? []), area]);
  }
  return shards;
}

/** Where to begin: areas no longer granted are gone, new ones are pending from their start. */
function startOf(shard: string, areas: readonly string[], known: Feed | undefined, end: number): Feed {
  const isUsable = known !== undefined && known.cursor <= end;
  const held = isUsable && known.cursor > 0 ? areas.filter((area) => known.held.includes(area)) : [];
  const pending = areas
    .filter((area) => !held.includes(area))
    .map((area) => {
      const cursor = isUsable ? known.pending.find((each) => each.area === area)?.cursor : undefined;
      return { area, cursor: cursor !== undefined && cursor <= end ? cursor : 0 };
    });
  return { shard, cursor: isUsable ? known.cursor : 0, held, pending };
}

/** One pass over the storage with a budget of bytes. */
class Reading {
  readonly changes: Change[] = [];
  /** The latest commit of this snapshot. */
  readonly end: number;
  readonly #reader: StorageReader;
  readonly #actor: Actor;
  readonly #device: string;
  /** Documents that are in the answer whole: no row of them is sent beside. */
  readonly #whole = new Set<DocumentName>();
  #left: number;

  constructor(reader: StorageReader, actor: Actor, device: string, mostBytes: number) {
    this.#reader = reader;
    this.#actor = actor;
    this.#device = device;
    this.#left = mostBytes;
    this.end = reader.lastSeq();
  }

  /** Sends documents whole, all of them: who asks has only a few. What the person may not read is left out. */
  readWhole(names: readonly DocumentName[], now: InstantMs): void {
    for (const name of names) {
      const document = this.#reader.document(name);
      if (!document || this.#whole.has(name)) continue;
      const { kind, area } = document;
      if (mayRead(this.#actor, { kind, name, area }) === null) {
        this.#whole.add(name);
        this.#sendWhole(document);
      } else this.#sendKnown(document, now);
    }
  }

  /** Whoever may only bring what was written before the area went to somebody else needs what that stands on, and no more. */
  #sendKnown({ kind, name, area }: StoredDocument, now: InstantMs): void {
    const lastCommit = readUntil(this.#actor, { kind, name, area }, now);
    if (lastCommit === null) return;
    const update = readKnownTo(this.#reader.log(name), this.#actor.person, lastCommit);
    if (!update) return;
    this.#whole.add(name);
    this.#left -= update.byteLength;
    this.changes.push({ document: name, area, update });
  }

  isBehind({ cursor, pending }: Feed): boolean {
    return cursor < this.end || pending.length > 0;
  }

  /** Held areas first; the new ones join them once both have come to the end of the snapshot. */
  advance(feed: Feed): Feed {
    const cursor = this.#readRows(feed);
    if (cursor < this.end) return { ...feed, cursor };
    const held = [...feed.held];
    const pending: { area: string; cursor: number }[] = [];
    for (const each of feed.pending) {
      const reached = pending.length > 0 ? each.cursor : this.#readDocuments(each.area, each.cursor);
      if (reached === this.end) held.push(each.area);
      else pending.push({ area: each.area, cursor: reached });
    }
    return { shard: feed.shard, cursor, held: held.sort(), pending };
  }

  /** Sends the rows of held areas after the cursor, merged per document; returns up to where they are complete. */
  #readRows({ held, cursor }: Feed): number {
    const documents = held.flatMap((area) => this.#documents(area, cursor));
    const rows = documents
      .flatMap((document) =>
        this.#reader.logSizes(document.name, cursor).map((row) => ({ ...row, document })),
      )
      .filter((row) => row.device !== this.#device && !this.#whole.has(row.document.name))
      .sort((a, b) => a.seq - b.seq);
    const seqsByDocument = new Map<StoredDocument, number[]>();
    let reached = this.end;
    let last = cursor;
    for (const { seq, bytes, document } of rows) {
      if (this.#left <= 0) {
        reached = last;
        break;
      }
      this.#left -= bytes;
      last = seq;
      const seqs = seqsByDocument.get(document);
      if (seqs) seqs.push(seq);
      else seqsByDocument.set(document, [seq]);
    }
    for (const [{ name, area }, seqs] of seqsByDocument) {
      const update = mergeMany(seqs.map((seq) => this.#reader.logUpdate(seq)));
      this.changes.push({ document: name, area, update });
    }
    return reached;
  }

  /** Sends whole documents of one area, in the order of their last commit; returns up to which one. */
  #readDocuments(area: string, after: number): number {
    let last = after;
    for (const document of this.#documents(area, after)) {
      if (this.#left <= 0) return last;
      if (!this.#whole.has(document.name)) this.#sendWhole(document);
      last = document.lastSeq;
    }
    return this.end;
  }

  #sendWhole({ name, area }: StoredDocument): void {
    const update = mergeMany([...this.#reader.updates(name)]);
    this.#left -= update.byteLength;
    this.changes.push({ document: name, area, update });
  }

  #documents(area: string, after: number): readonly StoredDocument[] {
    return this.#reader
      .documentsOfArea(area, after)
      .filter(({ kind, name }) => mayKeep(this.#actor, { kind, name, area }));
  }
}
