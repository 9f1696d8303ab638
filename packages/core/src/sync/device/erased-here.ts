import { digestOfDocument, type DocumentName, type ErasureNotice } from '../../protocol/index.ts';
import type { DocumentStore } from './ports.ts';

/** The documents on this device that a notice is about. */
export async function erasedHere(
  store: DocumentStore,
  { documents }: ErasureNotice,
): Promise<readonly DocumentName[]> {
  if (documents.length === 0) return [];
  const told = new Set(documents.map(keyOf));
  return (await store.documents()).filter((name) => told.has(keyOf(digestOfDocument(name))));
}

function keyOf(digest: Uint8Array): string {
  return digest.join(' ');
}
