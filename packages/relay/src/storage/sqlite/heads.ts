import type { DocumentKind, DocumentName } from '@rukun/core/protocol';
import type { StoredDocument, Tail } from '../records.ts';
import { toDocument } from './records.ts';
import { integer } from './row.ts';
import type { Statements } from './statements.ts';

const SELECT = `SELECT name, area, last_seq, tail_rows, tail_bytes, state_bytes, log_rows FROM document
  WHERE name = ?`;
const UPDATE = `UPDATE document SET last_seq = ?, tail_rows = ?, tail_bytes = ?, log_rows = ? WHERE name = ?`;

/** Where the log of one document stands within a transaction. */
export interface Head {
  readonly document: StoredDocument;
  lastSeq: number;
  tailRows: number;
  tailBytes: number;
  logRows: number;
  stateBytes: number;
  isMoved: boolean;
}

/**
 * Where the logs stand that a transaction touched. Each is read once and written once, however many rows it gains: a
 * batch of live edits touches few documents many times.
 */
export class Heads {
  readonly #statements: Statements;
  readonly #heads = new Map<DocumentName, Head>();

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** The head of a document as of this moment of the transaction, or null if it is not known. */
  find(name: DocumentName): Head | null {
    const known = this.#heads.get(name);
    if (known) return known;
    const row = this.#statements.get(SELECT, name);
    if (!row) return null;
    const document = toDocument(row);
    const head: Head = {
      document,
      lastSeq: document.lastSeq,
      tailRows: integer(row, 'tail_rows'),
      tailBytes: integer(row, 'tail_bytes'),
      logRows: integer(row, 'log_rows'),
      stateBytes: integer(row, 'state_bytes'),
      isMoved: false,
    };
    this.#heads.set(name, head);
    return head;
  }

  /** A document that was just made. */
  add(name: DocumentName, kind: DocumentKind, area: string): void {
    const document = { name, kind, area, lastSeq: 0 };
    const empty = { lastSeq: 0, tailRows: 0, tailBytes: 0, logRows: 0, stateBytes: 0, isMoved: false };
    this.#heads.set(name, { document, ...empty });
  }

  document(name: DocumentName): StoredDocument | null {
    const head = this.find(name);
    if (!head) return null;
    return head.isMoved ? { ...head.document, lastSeq: head.lastSeq } : head.document;
  }

  tail(name: DocumentName): Tail {
    const head = this.find(name);
    return { rows: head?.tailRows ?? 0, bytes: head?.tailBytes ?? 0, stateBytes: head?.stateBytes ?? 0 };
  }

  /** Writes those that moved, so that statements see them. */
  flush(): void {
    for (const [name, head] of this.#heads) {
      if (!head.isMoved) continue;
      this.#statements.run(UPDATE, head.lastSeq, head.tailRows, head.tailBytes, head.logRows, name);
      head.isMoved = false;
    }
  }

  /** Forgets everything: at the end of the transaction, or after a statement that changed documents by itself. */
  clear(): void {
    this.#heads.clear();
  }
}
