import { createDecipheriv } from 'node:crypto';
import { SEAL_BYTES, type DocumentName } from '@rukun/core/protocol';
import type { Random } from '@rukun/core/foundation';
import { withoutErased } from '@rukun/core/sync';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import type { QuarantinedUpdate } from '../storage/quarantine.ts';
import type { StorageReader } from '../storage/storage.ts';

/** The V1 update of a quarantined edit, sealed or not; null if its recovery key is no longer here or it was damaged. */
export function openQuarantined(
  { document, person, update, seal }: Pick<QuarantinedUpdate, 'document' | 'person' | 'update' | 'seal'>,
  keys: RecoveryKeys,
): Uint8Array | null {
  if (!seal) return update;
  const key = keys.open(seal.keyId, seal.wrapped, person);
  return key && openSealed(update, document, key);
}

/**
 * What would be taken in of an edit that waits, without what was erased meanwhile; null where it cannot be opened or nothing is
 * left.
 */
export function openForTaking(
  reader: StorageReader,
  held: QuarantinedUpdate,
  { recoveryKeys, random }: { readonly recoveryKeys: RecoveryKeys; readonly random: Random },
): Pick<QuarantinedUpdate, 'update' | 'marks'> | null {
  const { document, marks } = held;
  const update = openQuarantined(held, recoveryKeys);
  if (!update || !reader.erasures.concerns(document)) return update && { update, marks };
  return withoutErased(reader.updates(document), { update, marks }, random);
}

/** What was sealed under a content key for a document (AES-GCM 256); null if it was not, or is damaged. */
export function openSealed(sealed: Uint8Array, document: DocumentName, key: Uint8Array): Uint8Array | null {
  const { nonce, tag } = SEAL_BYTES;
  if (key.byteLength !== 32 || sealed.byteLength < nonce + tag) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonce));
  decipher.setAAD(Buffer.from(document, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - tag));
  const opened = decipher.update(sealed.subarray(nonce, sealed.byteLength - tag));
  try {
    return new Uint8Array(Buffer.concat([opened, decipher.final()]));
  } catch {
    return null;
  }
}
