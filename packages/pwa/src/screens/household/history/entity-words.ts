import { placeOf } from '@rukun/core/household';
import type { HistoryEntry } from '@rukun/core/protocol';
import type { HistoryRow } from './history-rows.ts';
import { th } from './history-words.ts';

type Said = Omit<HistoryRow, 'entry' | 'mark'>;

const EVENTS = {
  submitted: 'event-submitted',
  withdrawn: 'event-withdrawn',
  seen: 'event-seen',
  returned: 'event-returned',
  approved: 'event-approved',
  revoked: 'event-revoked',
} as const;

/** Whether an entry belongs to something that is no answer to a question. */
export function isEntity({ path }: HistoryEntry, questions: ReadonlyMap<string, unknown>): boolean {
  const place = placeOf(path);
  return place === null || !questions.has(place.question);
}

/** What an entry of a member, remark, status event, position or of the record itself says; null: nothing to people. */
export function entityWords(entry: HistoryEntry, all: readonly HistoryEntry[]): Said | null {
  const slash = entry.path.lastIndexOf('/');
  const root = entry.path.slice(0, slash);
  const key = entry.path.slice(slash + 1);
  const said = wordsOf(root, key, entry, (field) => valueOf(all, `${root}/${field}`));
  if (said === null) return null;
  const [kind, words] = said;
  const member = root.startsWith('member/') ? root.slice('member/'.length) : null;
  return { subject: kind, title: th(kind), member, words, before: null };
}

type Kind = 'kind-remark' | 'kind-status' | 'kind-fix' | 'kind-members' | 'kind-family';

function wordsOf(
  root: string,
  key: string,
  { value, before }: HistoryEntry,
  field: (name: string) => HistoryEntry['value'],
): [Kind, string] | null {
  const [kind] = root.split('/');
  switch (`${kind}/${key}`) {
    case 'household/origin':
      return ['kind-family', th('created')];
    case 'member/order':
      return ['kind-members', th(before === null ? 'member-added' : 'member-moved')];
    case 'member/removed':
      if (value === null) return before === null ? null : ['kind-members', th('member-restored')];
      return ['kind-members', th('member-removed', { reason: String(value) })];
    case 'remark/text':
      return ['kind-remark', String(value)];
    case 'remark/resolved':
      return ['kind-remark', th(value === true ? 'remark-resolved' : 'remark-reopened')];
    case 'fix/latitude': {
      const metres = field('accuracy');
      if (typeof metres !== 'number') return ['kind-fix', th('fix-kept-plain')];
      return ['kind-fix', th('fix-kept', { metres: Math.round(metres) })];
    }
    case 'fix/dropped':
      return ['kind-fix', th(value === true ? 'fix-dropped' : 'fix-undropped')];
    case 'event/type':
      return statusWords(value, field('reason'));
    default:
      return null;
  }
}

function statusWords(type: HistoryEntry['value'], reason: HistoryEntry['value']): [Kind, string] | null {
  if (typeof type !== 'string' || !Object.hasOwn(EVENTS, type)) return null;
  const words = th(EVENTS[type as keyof typeof EVENTS]);
  const hasReason = typeof reason === 'string' && reason !== '';
  return ['kind-status', hasReason ? `${words}. ${th('reason', { reason })}` : words];
}

function valueOf(all: readonly HistoryEntry[], path: string): HistoryEntry['value'] {
  return all.findLast((entry) => entry.path === path)?.value ?? null;
}
