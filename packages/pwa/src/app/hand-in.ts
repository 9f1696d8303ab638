import { mergeUpdates } from 'yjs';
import { fail, ok, type Random, type Result } from '@rukun/core/foundation';
import {
  encodeHandIn,
  LIMITS,
  SEAL_BYTES,
  type RecoveryKeyInfo,
  type SealedItem,
} from '@rukun/core/protocol';
import { marksOf, type LocalRow } from '@rukun/core/sync';
import { newDataKey, sealToCentre } from '../platform/data-key.ts';
import type { Network } from '../platform/network.ts';
import { waitingDocuments, waitingRows } from '../stores/waiting-rows.ts';
import type { Vault } from '../stores/vault.ts';

const PATH = '/api/hand-in';
/** Edits of one document that become one item: far below what an item may hold of marks. */
const MOST_ROWS = 2000;

export interface HandInParts {
  readonly vault: Vault;
  readonly network: Network;
  readonly subtle: SubtleCrypto;
  readonly random: Random;
  /** The refresh token. */
  readonly token: string;
  readonly person: string;
}

/**
 * Hands everything in that is not known to be stored, sealed to the centre. Success means that the centre has stored all of it, and
 * that the vault is empty: only then may the rest go. What was handed in before an answer was lost may be sent again.
 */
export async function handInAll(parts: HandInParts): Promise<Result<null>> {
  const { vault, network, subtle, token, person } = parts;
  const asked = await network.json('GET', PATH, token);
  if (!asked.ok) return asked;
  const recoveryKey = recoveryKeyOf(asked.value);
  if (recoveryKey === null) return fail('malformed');
  const key = await newDataKey(subtle);
  const wrappedKey = await sealToCentre(subtle, recoveryKey, person, key);
  const items = await itemsOf(parts, key);
  const batches = batchesOf(items);
  for (const [index, batch] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const body = encodeHandIn({ keyId: recoveryKey.id, wrappedKey, isLast, items: batch });
    const sent = await network.handIn(token, body);
    if (!sent.ok) return sent;
  }
  // Another tab may have stored something meanwhile: then nothing goes, and it all begins anew.
  const upTo = new Map(items.map((item) => [item.document, item.upTo]));
  const left = await vault.empty(async (tx) => {
    const now = await waitingRows(tx);
    return now.filter(({ document, rows }) => (rows.at(-1)?.row ?? 0) > (upTo.get(document) ?? 0)).length;
  });
  return left === 0 ? ok(null) : fail('resync');
}

async function itemsOf({ vault, subtle, random }: HandInParts, key: CryptoKey): Promise<SealedItem[]> {
  const items: SealedItem[] = [];
  for (const { document, area, rows } of await waitingDocuments(vault)) {
    for (const part of partsOf(rows)) {
      const nonce = random.bytes(SEAL_BYTES.nonce).slice();
      const covered = new TextEncoder().encode(document);
      const update = mergeUpdates(part.map((row) => row.update)).slice();
      const sealed = await subtle.encrypt(
        { name: 'AES-GCM', iv: nonce, additionalData: covered },
        key,
        update,
      );
      const bytes = new Uint8Array(nonce.byteLength + sealed.byteLength);
      bytes.set(nonce);
      bytes.set(new Uint8Array(sealed), nonce.byteLength);
      const upTo = part.at(-1)?.row ?? 0;
      items.push({ document, area, upTo, marks: marksOf(part), sealed: bytes });
    }
  }
  return items;
}

/** As many rows together as fit into one item; one that is too large by itself goes alone, and the relay says so. */
function partsOf(rows: readonly LocalRow[]): LocalRow[][] {
  const parts: LocalRow[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const part = parts.at(-1);
    bytes += row.update.byteLength;
    if (part && bytes <= LIMITS.updateBytes && part.length < MOST_ROWS) part.push(row);
    else {
      parts.push([row]);
      bytes = row.update.byteLength;
    }
  }
  return parts;
}

/** One request's worth each; one without items where there is nothing, which says so. */
function batchesOf(items: readonly SealedItem[]): SealedItem[][] {
  const batches: SealedItem[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    bytes += item.sealed.byteLength;
    const batch = batches.at(-1);
    if (
      batch &&
      (batch.length === 0 || bytes <= LIMITS.exchangeAimBytes) &&
      batch.length < LIMITS.exchangeItems
    )
      batch.push(item);
    else {
      batches.push([item]);
      bytes = item.sealed.byteLength;
    }
  }
  return batches;
}

function recoveryKeyOf(value: unknown): RecoveryKeyInfo | null {
  if (typeof value !== 'object' || value === null || !('recoveryKey' in value)) return null;
  const { recoveryKey } = value;
  if (typeof recoveryKey !== 'object' || recoveryKey === null) return null;
  const { id, spki } = recoveryKey as Record<string, unknown>;
  return typeof id === 'string' && typeof spki === 'string' ? { id, spki } : null;
}
