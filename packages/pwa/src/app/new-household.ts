import type { Clock, Random } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import { parseDocumentName, type AreaInfo, type DocumentName } from '@rukun/core/protocol';
import { Doc } from 'yjs';
import { freshClient } from '@rukun/core/sync';
import type { Vault } from '../stores/vault.ts';

/**
 * Stores a household found on the way, with copies of its area in 101 to 106 and nothing else. Its area travels with its
 * first exchange item.
 */
export async function storeNewHousehold(
  vault: Vault,
  random: Random,
  clock: Clock,
  { id, name }: AreaInfo,
  form: string,
): Promise<DocumentName> {
  const doc = new Doc({ gc: false });
  doc.clientID = freshClient(random);
  let update = new Uint8Array();
  doc.on('update', (written: Uint8Array) => {
    update = written.slice();
  });
  const answers = {
    101: id.slice(0, 2),
    102: id.slice(2, 4),
    103: id.slice(4, 7),
    104: id.slice(7, 10),
    105: id.slice(10, 16),
    106: name,
  };
  Household.create(doc, { form, area: id, origin: 'added', answers });
  doc.destroy();
  const parsed = parseDocumentName(`household/${newId(random)}`);
  if (!parsed.ok) throw new Error('an id of our own that is none');
  await vault.createLocal(parsed.value.name, id, update, clock.now());
  return parsed.value.name;
}

/** 16 random characters of 0-9a-z. */
function newId(random: Random): string {
  return Array.from(random.bytes(16), (byte) => (byte % 36).toString(36)).join('');
}
