import { createHash, type Hash } from 'node:crypto';
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

/** Digest over whose and when the rows of one transaction are, in the order of the log. */
export class RowDigest {
  readonly #hash: Hash = createHash('sha256');
  #from = 0;
  #to = 0;

  add(row: RowAuthorship): void {
    if (this.#from === 0) this.#from = row.seq;
    this.#to = row.seq;
    this.#hash.update(rowLine(row));
  }

  /** The event that tells of them. */
  event(): { kind: 'written'; from: number; to: number; digest: string } {
    return { kind: 'written', from: this.#from, to: this.#to, digest: this.#hash.digest('base64url') };
  }
}
