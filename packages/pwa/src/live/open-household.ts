import type { Random } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import type { OpenHousehold, UnstoredEdit } from '../app/app.ts';
import { IdNumbers } from '../stores/id-numbers.ts';
import { Sitting, STORED, type HouseholdParts } from './sitting.ts';

/** Edits of an earlier sitting that the device could not store then. */
const LEFT = Symbol('left over');

/** Opens a household; null if nothing of it is on this device. `left`: edits that could not be stored when it was last closed. */
export async function openHousehold(
  parts: HouseholdParts,
  document: DocumentName,
  left: readonly UnstoredEdit[] = [],
): Promise<OpenHousehold | null> {
  const { vault } = parts;
  const [news, numbers] = await Promise.all([
    vault.news(document, 0, () => false),
    IdNumbers.reserve(vault.database, document),
  ]);
  if (news.state === null || news.rows.length === 0) return null;
  const doc = new Doc({ gc: false });
  doc.clientID = clientId(parts.random);
  applyUpdate(doc, mergeUpdates(news.rows.map(({ update }) => update)), STORED);
  const opened = { state: news.state, row: news.rows.at(-1)?.row ?? 0 };
  const sitting = new Sitting(parts, document, doc, numbers, opened);
  for (const { update } of left) applyUpdate(doc, update, LEFT);
  sitting.greet();
  return sitting;
}

/** A fresh client id for each opening: 32 bits, as other Yjs clients have them. */
export function clientId(random: Random): number {
  return new DataView(random.bytes(4).slice().buffer).getUint32(0);
}
