import { Household } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { enumerationSettings, regsosek22K } from '@rukun/core/questionnaire';
import { Doc, encodeStateAsUpdate } from 'yjs';
import type { OpenHousehold } from '../../packages/pwa/src/app/app.ts';
import { openHousehold } from '../../packages/pwa/src/live/open-household.ts';
import type { HouseholdParts } from '../../packages/pwa/src/live/sitting.ts';
import type { Vault } from '../../packages/pwa/src/stores/vault.ts';
import { AREA, meOf, promptFrames } from './app-parts.ts';
import { seededRandom } from './seeded-random.ts';
import type { VirtualClock } from './virtual-clock.ts';

let seed = 0;

/** Parts to open households with, without a relay unless `live` is given. */
export function sittingParts(
  vault: Vault,
  clock: VirtualClock,
  changes: Partial<HouseholdParts> = {},
): HouseholdParts {
  seed++;
  const me = changes.me ?? meOf();
  return {
    vault,
    clock,
    random: seededRandom(seed),
    frames: promptFrames,
    form: regsosek22K,
    settings: enumerationSettings(),
    me,
    personOf: (person) => me.people.find(({ id }) => id === person) ?? null,
    live: null,
    send: () => Promise.resolve(),
    edited: () => undefined,
    expired: () => undefined,
    closed: () => undefined,
    ...changes,
  };
}

/** A prelisted household as the relay hands it out. */
export function prelistedUpdate(): Uint8Array {
  const doc = new Doc();
  Household.create(doc, {
    form: regsosek22K.id,
    area: AREA,
    origin: 'prelist',
    prelistHead: 'SITI AMINAH',
    prelistNumber: 7,
    answers: { 107: 'JL. MELATI 3', 108: 'SITI AMINAH' },
  });
  return encodeStateAsUpdate(doc);
}

/** Opens a household that is known to be there. */
export async function sit(parts: HouseholdParts, document: DocumentName): Promise<OpenHousehold> {
  const opened = await openHousehold(parts, document);
  if (opened === null) throw new Error(`${document} is not on this device`);
  return opened;
}
