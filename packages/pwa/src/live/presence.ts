import { placeOf, pathOf, type Place } from '@rukun/core/household';
import type { PersonInfo } from '@rukun/core/protocol';
import type { Awareness } from 'y-protocols/awareness';
import type { Presence } from '../app/app.ts';
import { Value } from '../app/value.ts';

/** Who else is in the same document, and where. The relay stamps `person` on every state; this end only says `place`. */
export class PresenceList {
  readonly present = new Value<readonly Presence[]>([]);
  readonly #awareness: Awareness;
  readonly #read: () => void;

  constructor(awareness: Awareness, self: string, personOf: (person: string) => PersonInfo | null) {
    this.#awareness = awareness;
    this.#read = () => {
      const byPerson = new Map<string, Presence>();
      for (const [client, state] of awareness.getStates()) {
        const person = personIn(state);
        if (client === awareness.clientID || person === null || person === self) continue;
        const info = personOf(person);
        const place = typeof state['place'] === 'string' ? placeOf(state['place']) : null;
        if (info && (place !== null || !byPerson.has(person))) byPerson.set(person, { person: info, place });
      }
      this.present.set([...byPerson.values()]);
    };
    awareness.on('change', this.#read);
    awareness.setLocalState({ place: null });
  }

  /** Tells the others where this person is. */
  at(place: Place | null): void {
    const path = place === null ? null : pathOf(place);
    if (this.#awareness.getLocalState()?.['place'] !== path)
      this.#awareness.setLocalStateField('place', path);
  }

  close(): void {
    this.#awareness.off('change', this.#read);
    this.present.set([]);
  }
}

function personIn(state: Readonly<Record<string, unknown>>): string | null {
  const person = state['person'];
  return typeof person === 'string' && person !== '' ? person : null;
}
