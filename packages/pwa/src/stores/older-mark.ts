import type { VaultDatabase } from './vault-database.ts';
import type { PlainRow } from './vault-schema.ts';

/** How far a vault that version 0.1 filled in clear text is sealed; null: all of it is, or it was never plain. */
export async function olderMark(database: VaultDatabase): Promise<PlainRow | null> {
  const found = await database.read((tx) => tx.objectStore('state').get('plain'));
  return found?.key === 'plain' ? found : null;
}
