import { createHash, hash, type Hash } from 'node:crypto';
import type { AuthoredRow } from '../storage/records.ts';

/** Of a row of the log, what is known of it for ever, also after it was merged with others or its values were erased. */
export type RowAuthorship = Pick<
  AuthoredRow,
  'seq' | 'source' | 'person' | 'device' | 'deviceAt' | 'receivedAt'
> & { readonly document: string };

/** A row as it goes into the digest. */
function rowLine({ seq, document, source, person, device, deviceAt, receivedAt }: RowAuthorship): string {
  return `${JSON.stringify([seq, document, source, person, device, deviceAt, receivedAt])}\n`;
}

/** Most commits have a few rows: those are hashed at once, which costs a quarter. */
const FEW = 4096;

/** Digest over whose and when the rows of one transaction are, in the order of the log. */
export class RowDigest {
  #hash: Hash | null = null;
  #lines = '';
  #from = 0;
  #to = 0;

  add(row: RowAuthorship): void {
    if (this.#from === 0) this.#from = row.seq;
    this.#to = row.seq;
    this.#lines += rowLine(row);
    if (this.#lines.length < FEW) return;
    (this.#hash ??= createHash('sha256')).update(this.#lines);
    this.#lines = '';
  }

  /** The event that tells of them. */
  event(): { kind: 'written'; from: number; to: number; digest: string } {
    return { kind: 'written', from: this.#from, to: this.#to, digest: this.#digest() };
  }

  #digest(): string {
    if (!this.#hash) return hash('sha256', this.#lines, 'base64url');
    return this.#hash.update(this.#lines).digest('base64url');
  }
}
