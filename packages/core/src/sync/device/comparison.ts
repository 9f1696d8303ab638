import type { AuditAnswer, DocumentName } from '../../protocol/index.ts';
import { bucketOf, isSame, type Fingerprints } from '../fingerprint.ts';
import type { HeldDocument } from './ports.ts';

/** Documents compared by one request, about. */
const PART = 2000;

/** What one audit request is about. */
export interface Part {
  readonly areas: readonly string[];
  readonly documents: readonly HeldDocument[];
}

/** The areas in parts of about {@link PART} documents. */
export function partsOf(areas: readonly string[], held: readonly HeldDocument[]): Part[] {
  const parts: { areas: string[]; documents: HeldDocument[] }[] = [];
  for (const area of areas) {
    const documents = held.filter((each) => each.area === area);
    const last = parts.at(-1);
    if (!last || last.documents.length + documents.length > PART) parts.push({ areas: [area], documents });
    else {
      last.areas.push(area);
      last.documents.push(...documents);
    }
  }
  return parts;
}

/** A part that was too much for one request, in two. */
export function halvesOf({ areas, documents }: Part): Part[] {
  const middle = Math.ceil(areas.length / 2);
  return [areas.slice(0, middle), areas.slice(middle)].map((half) => ({
    areas: half,
    documents: documents.filter(({ area }) => half.includes(area)),
  }));
}

/** Documents of the differing buckets that are not the same here and there, or only in one place. */
export function differencesOf(
  { buckets, documents }: AuditAnswer,
  prints: Fingerprints,
  held: readonly HeldDocument[],
): DocumentName[] {
  const there = new Map(documents.map(({ document, fingerprint }) => [document, fingerprint]));
  const here = held
    .filter(({ document, isWaiting }) => !isWaiting && buckets.includes(bucketOf(document)))
    .map(({ document }) => document);
  return [...new Set([...here, ...there.keys()])].filter(
    (document) => !isSame(prints.get(document), there.get(document)),
  );
}
