import { Value } from '@rukun/core/foundation';
import { placeOf, pathOf, type Place } from '@rukun/core/household';
import type { PersonInfo } from '@rukun/core/protocol';
import type { Awareness } from 'y-protocols/awareness';
import type { Presence } from '../app/app.ts';

/**
 * Who else is in the same document, and where: `user: { person, place }` in every state. The relay stamps `person`; this
 * end only says `place`.
 */
export class PresenceList {
  readonly present = new Value<readonly Presence[]>([]);
  readonly #awareness: Awareness;
  readonly #read: () => void;

  constructor(awareness: Awareness, self: string, personOf: (person: string) => PersonInfo | null) {
    this.#awareness = awareness;
    this.#read = () => {
      const byPerson = new Map<string, Presence>();
      for (const [client, state] of awareness.getStates()) {
        const { person, path } = userIn(state);
        if (client === awareness.clientID || person === null || person === self) continue;
        const info = personOf(person);
        const place = path === null ? null : placeOf(path);
        if (info && (place !== null || !byPerson.has(person))) byPerson.set(person, { person: info, place });
      }
      this.present.set([...byPerson.values()]);
    };
    awareness.on('change', this.#read);
    awareness.setLocalState({ user: { place: null } });
  }

  /** Tells the others where this person is. */
  at(place: Place | null): void {
    const path = place === null ? null : pathOf(place);
    if (userIn(this.#awareness.getLocalState() ?? {}).path !== path)
      this.#awareness.setLocalStateField('user', { place: path });
  }

  close(): void {
    this.#awareness.off('change', this.#read);
    this.present.set([]);
  }
}

function userIn(state: Readonly<Record<string, unknown>>): { person: string | null; path: string | null } {
  const user = state['user'];
  if (typeof user !== 'object' || user === null) return { person: null, path: null };
  const { person, place } = user as { person?: unknown; place?: unknown };
  return {
    person: typeof person === 'string' && person !== '' ? person : null,
    path: typeof place === 'string' ? place : null,
  };
}
