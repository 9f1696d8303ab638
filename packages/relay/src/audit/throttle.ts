import { TokenBucket } from '../auth/token-bucket.ts';
import type { InstantMs } from '@rukun/core/foundation';
import type { AuditKind } from './events.ts';

/**
 * Entries of one kind that one source may cause, and all sources together: enough to see an attack by, too few to fill a disk (5 MB
 * a day of each kind). One kind does not crowd out another, neither of one source nor of all.
 */
const OF_SOURCE = { perSecond: 0.1, burst: 30 } as const;
const OF_KIND = { perSecond: 0.2, burst: 600 } as const;
/** Sources remembered; about 150 bytes each. */
const MOST_SOURCES = 10_000;
/** Between two summaries of what was only counted. */
const SUMMARY_MS = 60_000;

/** Decides which of the entries that anybody can cause are told in full, and counts the others. */
export class Throttle {
  readonly #kinds = new Map<AuditKind, TokenBucket>();
  readonly #sources = new Map<string, TokenBucket>();
  readonly #counts = new Map<AuditKind, number>();
  #toldAt: InstantMs;

  constructor(now: InstantMs) {
    this.#toldAt = now;
  }

  /** Whether to write it; if not, it is counted. */
  admits(kind: AuditKind, source: string, now: InstantMs): boolean {
    const own = this.#bucketOf(`${kind} ${source}`, now);
    const all = this.#kinds.get(kind) ?? new TokenBucket(OF_KIND, now);
    this.#kinds.set(kind, all);
    if (own.waitMs(now) === 0 && all.waitMs(now) === 0) {
      own.take(now);
      all.take(now);
      return true;
    }
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    return false;
  }

  /** What was counted since the last summary, `<kind>:<count>` each, once a minute has passed; null before or if nothing was. */
  due(now: InstantMs): readonly string[] | null {
    if (this.#counts.size === 0 || Math.abs(now - this.#toldAt) < SUMMARY_MS) return null;
    const counts = [...this.#counts].map(([kind, count]) => `${kind}:${count}`).sort();
    this.#counts.clear();
    this.#toldAt = now;
    return counts;
  }

  #bucketOf(source: string, now: InstantMs): TokenBucket {
    const known = this.#sources.get(source);
    if (known) return known;
    if (this.#sources.size >= MOST_SOURCES) {
      for (const [other, bucket] of this.#sources) if (bucket.isFull(now)) this.#sources.delete(other);
      // All of them busy: whoever came first makes room, the rate of all together still holds.
      const [oldest] = this.#sources.keys();
      if (this.#sources.size >= MOST_SOURCES && oldest !== undefined) this.#sources.delete(oldest);
    }
    const bucket = new TokenBucket(OF_SOURCE, now);
    this.#sources.set(source, bucket);
    return bucket;
  }
}
