import { ERRORS, type ErrorCode, type Random } from '../../foundation/index.ts';
import type { DocumentName } from '../../protocol/index.ts';
import type { DocumentContents, DocumentStore, Rebuilt, RefusedEdit, StoredRow } from './ports.ts';
import { replay } from './replay.ts';

/** Rebuilds of one document without anything of it being stored in between: more would only go in circles. */
const MOST_REBUILDS = 20;

/** Codes that say nothing against what was written, only against the structs it stands in: all of it is written anew. */
const WRITTEN_ANEW: ReadonlySet<ErrorCode> = new Set([
  'foreign-client',
  'unknown-clock',
  'malformed',
  'resync',
]);

/**
 * What a refusal makes of the unsent edits of a document. `later`: nothing, the same bytes may be taken another time;
 * `rebuild`: what was not refused is written anew; `keep`: all of it was refused, it stays readable where it is.
 */
export function consequenceOf(
  code: ErrorCode,
  paths: readonly string[],
  rebuilds: number,
): 'later' | 'rebuild' | 'keep' {
  if (WRITTEN_ANEW.has(code)) return rebuilds < MOST_REBUILDS ? 'rebuild' : 'keep';
  if (ERRORS[code].retry) return 'later';
  return paths.length > 0 && rebuilds < MOST_REBUILDS ? 'rebuild' : 'keep';
}

/** Rebuilds what was refused; returns the documents whose whole state has to be fetched first. */
export async function rebuildRefused(store: DocumentStore, random: Random): Promise<DocumentName[]> {
  const lacking: DocumentName[] = [];
  for (const document of await store.refusedDocuments()) {
    for (;;) {
      const contents = await store.contents(document);
      if (!contents?.refusal) break;
      if (!contents.refusal.hasWhole) {
        lacking.push(document);
        break;
      }
      // Another tab wrote meanwhile: once more, with what it wrote.
      if (await store.rebuild(document, rebuiltOf(document, contents, random))) break;
    }
  }
  return lacking;
}

/**
 * The unsent edits of a document written anew, upon the relay's state and under a client id nobody has used in it: each as its
 * author wrote it, with what was in view then; those that were refused are listed for the author instead (P5).
 */
export function rebuiltOf(document: DocumentName, contents: DocumentContents, random: Random): Rebuilt {
  const { refusal, rows, storedUpTo, generation } = contents;
  const unsent = rows.filter((row) => row.isLocal && row.row > storedUpTo);
  const known = rows.filter((row) => !unsent.includes(row)).map(({ update }) => update);
  const replayed = replay(known, unsent, refusal?.paths ?? [], random);
  return {
    generation,
    lastRow: Math.max(0, ...rows.map(({ row }: StoredRow) => row)),
    replaced: unsent.map(({ row }) => row),
    rows: replayed.rows,
    refused: replayed.refused.map((edit): RefusedEdit => ({
      ...edit,
      document,
      code: refusal?.code ?? 'forbidden',
    })),
  };
}
