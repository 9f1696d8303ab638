import { ok, type Clock, type Log, type Random, type Result } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import { describeFault } from '../monitoring/fault.ts';
import type { Erasure } from '../storage/erasures.ts';
import type { Storage } from '../storage/storage.ts';
import { applyErasure } from './apply.ts';
import { completeLedger } from './ledger-file.ts';
import { planErasure, type ErasurePlan, type ErasureRequest } from './plan.ts';

export interface EraserParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What opens sealed edits that wait; null where they are not at hand. */
  readonly recoveryKeys: RecoveryKeys | null;
  /** The ledger beside the database; null for a storage in memory. */
  readonly ledger: string | null;
  /** Forget every copy of a document and send away who looks at it. */
  readonly forget: (document: DocumentName) => void;
}

/** Carries out lawful requests on a storage. */
export class Eraser {
  readonly #parts: EraserParts;

  constructor(parts: EraserParts) {
    this.#parts = parts;
  }

  /** Brings the ledger file up to the storage's, where a crash came between the two. Throws StorageUnavailable. */
  begin(): void {
    const { ledger, storage } = this.#parts;
    if (ledger !== null) storage.read(({ erasures }) => completeLedger(ledger, erasures));
  }

  /** What a request would erase; see {@link planErasure}. */
  plan(request: ErasureRequest): Result<ErasurePlan> {
    return this.#parts.storage.read((reader) => planErasure(reader, request));
  }

  /**
   * Erases, for good. When it returns nothing of it is in the database or its journal, and the ledgers know of it; where
   * somebody else reads the file at this moment, the journal is swept later (`isSwept`).
   */
  erase(request: ErasureRequest, by: string): Result<ErasurePlan & { readonly isSwept: boolean }> {
    const { storage, clock, random, recoveryKeys, forget } = this.#parts;
    const at = clock.now();
    const id = Buffer.from(random.bytes(9)).toString('hex');
    const planned = storage.transact((writer) => {
      const plan = planErasure(writer, request);
      if (plan.ok) applyErasure(writer, { ...toErasure(plan.value), id, at, by }, recoveryKeys, at);
      return plan;
    });
    if (!planned.ok) return planned;
    forget(request.document);
    this.begin();
    return ok({ ...planned.value, isSwept: this.sweep() });
  }

  /** Overwrites what may be left of erased values in the file. False where that has to be tried again. */
  sweep(): boolean {
    const { storage, log } = this.#parts;
    try {
      return storage.sweep();
    } catch (error) {
      log.error('erasure.unswept', { reason: describeFault(error) });
      return false;
    }
  }
}

function toErasure({
  document,
  area,
  member,
  fields,
  isAnswered,
  request,
}: ErasurePlan): Omit<Erasure, 'id' | 'at' | 'by'> {
  return { document, area, member, fields, isAnswered, request };
}
