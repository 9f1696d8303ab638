import { ERRORS, type ErrorCode, type Random } from '../../foundation/index.ts';
import { ErasedPlaces } from '../../documents/erased.ts';
import type { DocumentName } from '../../protocol/index.ts';
import { openUpdates } from '../fingerprint.ts';
import type { DocumentContents, DocumentStore, Rebuilt, RefusedEdit, StoredRow } from './ports.ts';
import { replay } from './replay.ts';

/** Rebuilds of one document without anything of it being stored in between: more would only go in circles. */
const MOST_REBUILDS = 20;

/** Attempts at one rebuild: other tabs may write meanwhile, but not for ever. */
const MOST_ATTEMPTS = 10;

/** Codes that say nothing against what was written, only against the structs it stands in: all of it is written anew. */
const WRITTEN_ANEW: ReadonlySet<ErrorCode> = new Set([
  'foreign-client',
  'unknown-clock',
  'malformed',
  'resync',
]);

/** Codes that say what becomes of all of it elsewhere: kept for the supervisor. Sending less changes nothing. */
const DECIDED_ELSEWHERE: ReadonlySet<ErrorCode> = new Set(['late']);

/** Codes that say something against what one edit holds, with or without naming the paths. */
const OF_ONE_EDIT: ReadonlySet<ErrorCode> = new Set(['bad-content', 'too-large']);

/** What a refusal makes of the unsent edits of a document. */
export type Consequence =
  /** Nothing: the same bytes may be taken another time. */
  | 'later'
  /** They go up one by one, to find the edit it is about. */
  | 'split'
  /** What was not refused is written anew. */
  | 'rebuild'
  /** All of it was refused; it stays readable where it is. */
  | 'keep';

/**
 * What follows from a refusal of `rows` unsent rows, after so many `rebuilds` of which nothing was stored. A live frame may be
 * about none that is known: what it was about shows when they go up one by one.
 */
export function consequenceOf(
  code: ErrorCode,
  paths: readonly string[],
  rows: number,
  rebuilds: number,
): Consequence {
  const isAnew = WRITTEN_ANEW.has(code);
  if (!isAnew && ERRORS[code].retry) return 'later';
  if (rebuilds >= MOST_REBUILDS || DECIDED_ELSEWHERE.has(code)) return 'keep';
  if (isAnew) return rows > 0 ? 'rebuild' : 'later';
  if (paths.length === 0 && !OF_ONE_EDIT.has(code)) return 'keep';
  return rows === 1 ? 'rebuild' : 'split';
}

/** Rebuilds what was refused; returns the documents whose whole state has to be fetched first. */
export async function rebuildRefused(store: DocumentStore, random: Random): Promise<DocumentName[]> {
  const lacking: DocumentName[] = [];
  for (const document of await store.refusedDocuments()) {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const contents = await store.contents(document);
      if (!contents?.refusal) break;
      if (!contents.refusal.hasWhole) {
        lacking.push(document);
        break;
      }
      // Another tab wrote meanwhile: once more, with what it wrote.
      const refused = contents.refusal.code === 'erased' ? await store.refusedEdits(document) : [];
      if (await store.rebuild(document, rebuiltOf(document, contents, random, refused))) break;
    }
  }
  return lacking;
}

/**
 * The unsent edits of a document written anew, upon the relay's state and under a client id nobody has used in it: each as its
 * author wrote it, with what was in view then; those that were refused are listed for the author instead (P5).
 */
export function rebuiltOf(
  document: DocumentName,
  contents: DocumentContents,
  random: Random,
  listed: readonly RefusedEdit[] = [],
): Rebuilt {
  if (contents.refusal?.code === 'erased') return replacedBy(document, contents, random, listed);
  const { refusal, rows, storedUpTo, generation, moved } = contents;
  const unsent = rows.filter((row) => row.isLocal && row.row > storedUpTo);
  const known = rows.filter((row) => !unsent.includes(row)).map(({ update }) => update);
  const refused = refusal && !WRITTEN_ANEW.has(refusal.code) ? refusal : null;
  const written = unsent.map((row) => (row.row === refused?.upTo ? { ...row, refused: refused.paths } : row));
  const replayed = replay(known, written, random, moved);
  return {
    generation,
    lastRow: Math.max(0, ...rows.map(({ row }: StoredRow) => row)),
    replaced: unsent.map(({ row }) => row),
    rows: replayed.rows,
    moved: replayed.moved,
    refused: replayed.refused.map((edit): RefusedEdit => ({
      ...edit,
      document,
      code: refusal?.code ?? 'forbidden',
    })),
  };
}

/**
 * After an erasure: the relay's whole in the place of all there is, and upon it the unsent edits without those that are about what was
 * erased. Of those, and of earlier refused ones, the author keeps the place and the code, and no value.
 */
function replacedBy(
  document: DocumentName,
  { refusal, rows, storedUpTo, generation, moved }: DocumentContents,
  random: Random,
  listed: readonly RefusedEdit[],
): Rebuilt {
  const from = refusal?.wholeRow ?? Infinity;
  const known = rows.filter((row) => !row.isLocal && row.row >= from);
  const unsent = rows.filter((row) => row.isLocal && row.row > storedUpTo);
  const whole = openUpdates(known.map(({ update }) => update));
  const erased = ErasedPlaces.of(whole);
  const isGone = ({ path }: RefusedEdit) => {
    const slash = path.lastIndexOf('/');
    const [root, key] = [path.slice(0, slash), path.slice(slash + 1)];
    return erased !== null && (erased.isClosed(root) || erased.isField(root, key));
  };
  const updates = known.map(({ update }) => update);
  // The relay may have sent less than the mark: what it named is left out in any case.
  const written = unsent.map((row) => (row.row === refusal?.upTo ? { ...row, refused: refusal.paths } : row));
  const replayed = replay(updates, written, random, moved, erased);
  const kept = new Set(known);
  return {
    generation,
    lastRow: Math.max(0, ...rows.map(({ row }: StoredRow) => row)),
    replaced: rows.filter((row) => !kept.has(row)).map(({ row }) => row),
    rows: replayed.rows,
    moved: replayed.moved,
    refused: [
      ...listed.map((edit) => (isGone(edit) ? emptied(edit) : edit)),
      ...replayed.refused.map((edit) => emptied({ ...edit, document })),
    ],
    isWhole: true,
  };
}

function emptied(edit: Omit<RefusedEdit, 'code'>): RefusedEdit {
  return { ...edit, value: null, standing: null, code: 'erased' };
}
