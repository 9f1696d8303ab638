import { digestOfDocument, LIMITS, type ErasureNotice, type ExchangeRequest } from '@rukun/core/protocol';
import type { StorageReader } from '../storage/storage.ts';

/**
 * What was erased since the number a device knows: of any document, for nobody can say who has a copy left. A device that comes
 * for the first time has none; numbers of another epoch count as none, since the ledger may have come from a backup.
 */
export function readErasureNotice(
  reader: StorageReader,
  known: Pick<ExchangeRequest, 'epoch' | 'erasures'>,
): ErasureNotice & { readonly more: boolean } {
  const { erasures } = reader;
  if (known.epoch === '') return { upTo: erasures.last(), documents: [], more: false };
  const from = known.epoch === reader.epoch() ? Math.min(known.erasures, erasures.last()) : 0;
  const since = erasures.after(from, LIMITS.erasures);
  const upTo = since.at(-1)?.number ?? from;
  const names = [...new Set(since.map(({ document }) => document))];
  return { upTo, documents: names.map(digestOfDocument), more: upTo < erasures.last() };
}
