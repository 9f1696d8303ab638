import type { InstantMs } from '../foundation/index.ts';

/** What happens to a household document on its way, each with author, time and reason (DESIGN.md section 4). */
export const EVENT_TYPES = ['submitted', 'withdrawn', 'seen', 'returned', 'approved', 'revoked'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Whether unknown input is the type of an event. */
export function isEventType(input: unknown): input is EventType {
  return EVENT_TYPES.some((type) => type === input);
}

/** `open` and `draft` differ only by whether anything was answered on a device. */
export const STATES = ['open', 'draft', 'submitted', 'returned', 'approved'] as const;
export type State = (typeof STATES)[number];

/** The words officers know from FASIH. */
export const STATE_WORDS: Record<State, { readonly id: string; readonly en: string }> = {
  open: { id: 'Belum dikerjakan', en: 'Open' },
  draft: { id: 'Draf', en: 'Draft' },
  submitted: { id: 'Submitted', en: 'Submitted' },
  returned: { id: 'Rejected', en: 'Rejected' },
  approved: { id: 'Approved', en: 'Approved' },
};

/** Total table: what each event makes of each state. An event that does not fit changes nothing. */
const NEXT: Record<State, Record<EventType, State>> = {
  open: {
    submitted: 'submitted',
    withdrawn: 'open',
    seen: 'open',
    returned: 'open',
    approved: 'open',
    revoked: 'open',
  },
  draft: {
    submitted: 'submitted',
    withdrawn: 'draft',
    seen: 'draft',
    returned: 'draft',
    approved: 'draft',
    revoked: 'draft',
  },
  submitted: {
    submitted: 'submitted',
    withdrawn: 'draft',
    seen: 'submitted',
    returned: 'returned',
    approved: 'approved',
    revoked: 'submitted',
  },
  returned: {
    submitted: 'submitted',
    withdrawn: 'returned',
    seen: 'returned',
    returned: 'returned',
    approved: 'returned',
    revoked: 'returned',
  },
  approved: {
    submitted: 'approved',
    withdrawn: 'approved',
    seen: 'approved',
    returned: 'returned',
    approved: 'approved',
    revoked: 'submitted',
  },
};

export interface StatusEvent {
  readonly id: string;
  readonly type: EventType;
  /** Person id. */
  readonly by: string;
  readonly at: InstantMs;
  /** One more than the highest turn its author had in view; equal turns were written without seeing each other. */
  readonly turn: number;
  readonly reason: string;
}

/** Of two events nobody had seen when writing, the later in this list decides: a return wins over an approval. */
const PRECEDENCE: readonly EventType[] = [
  'seen',
  'submitted',
  'withdrawn',
  'revoked',
  'approved',
  'returned',
];

/** Order in which events count: by turn; within one turn by precedence, then id. The same on every copy. */
export function orderEvents(events: readonly StatusEvent[]): StatusEvent[] {
  return [...events].sort(
    (a, b) =>
      a.turn - b.turn ||
      PRECEDENCE.indexOf(a.type) - PRECEDENCE.indexOf(b.type) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

/** The state after one event. */
export function next(state: State, event: EventType): State {
  return NEXT[state][event];
}

/** The state computed from all events; `hasAnswers` tells draft from open. */
export function stateOf(events: readonly StatusEvent[], hasAnswers: boolean): State {
  return orderEvents(events).reduce<State>(
    (state, event) => next(state, event.type),
    hasAnswers ? 'draft' : 'open',
  );
}

/** Whether somebody wrote `seen` after the latest submission: the officer's third tick. */
export function isSeen(events: readonly StatusEvent[]): boolean {
  const ordered = orderEvents(events);
  const submitted = ordered.findLastIndex((event) => event.type === 'submitted');
  return submitted >= 0 && ordered.slice(submitted).some((event) => event.type === 'seen');
}
