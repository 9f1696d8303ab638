import type { DocumentName } from '@rukun/core/protocol';
import type { OpenHousehold, UnstoredEdit } from '../app/app.ts';
import { Sitting, type HouseholdParts } from './sitting.ts';

/** Opens a household; null if nothing of it is on this device. `left`: edits that could not be stored when it was last closed. */
export function openHousehold(
  parts: HouseholdParts,
  document: DocumentName,
  left: readonly UnstoredEdit[] = [],
): Promise<OpenHousehold | null> {
  return Sitting.open(parts, document, left);
}
