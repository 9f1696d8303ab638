import { html } from 'lit';
import type { PersonEntry } from '@rukun/core/people';
import { formatMoment } from '../../i18n/format.ts';
import { tp } from './people-words.ts';

/** What a list says of somebody first. */
export type PersonState = 'ended' | 'locked' | 'new' | 'one-time' | 'active';

export function stateOf(person: PersonEntry): PersonState {
  if (person.endedAt !== null) return 'ended';
  if (person.waitMs > 0) return 'locked';
  if (person.lastSeenAt === null) return 'new';
  return person.mustChangePassword ? 'one-time' : 'active';
}

/** The state in words, on its colour. */
export function statePill(person: PersonEntry) {
  const state = stateOf(person);
  return html`<span class="pill ${state}" data-person-state=${state}>${tp(`state-${state}`)}</span>`;
}

/** When somebody was last seen, and on how many devices. */
export function seenWords({ lastSeenAt, devices }: PersonEntry): string {
  const seen = lastSeenAt === null ? tp('seen-never') : tp('seen', { at: formatMoment(lastSeenAt) });
  return devices === 0 ? seen : `${seen} · ${tp('device-count', { count: devices })}`;
}
