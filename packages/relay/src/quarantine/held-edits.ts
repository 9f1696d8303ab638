import { mayDecide, type Actor, type Target } from '@rukun/core/access';
import type { ErrorCode, Random } from '@rukun/core/foundation';
import { kindOf, type HeldEdit, type HeldEdits, type HistoryEntry } from '@rukun/core/protocol';
import { judge, Scratch, type Write } from '@rukun/core/sync';
import { lastValue } from '@rukun/core/documents';
import type { RecoveryKeys } from '../auth/recovery-key.ts';
import { writtenAt } from '../commit/authorship.ts';
import type { QuarantinedUpdate } from '../storage/quarantine.ts';
import type { StorageReader } from '../storage/storage.ts';
import { openForTaking } from './sealed-update.ts';

/** What opens edits that wait. */
interface OpenParts {
  readonly recoveryKeys: RecoveryKeys;
  readonly random: Random;
}

/** Edits of one answer: each may be a day's work of one family. */
const MOST_EDITS = 100;

/** The edits in a person's sight that wait, or were set aside, oldest first within an area. */
export function readHeldEdits(
  reader: StorageReader,
  parts: OpenParts,
  actor: Actor,
  state: HeldEdit['state'],
): HeldEdits {
  const found: QuarantinedUpdate[] = [];
  for (const area of areasOf(reader, actor)) {
    if (found.length > MOST_EDITS) break;
    found.push(...reader.quarantine.ofArea(area, state, MOST_EDITS + 1 - found.length));
  }
  const edits = found.slice(0, MOST_EDITS).map((held) => describe(reader, parts, held, state));
  return { edits, more: found.length > MOST_EDITS };
}

/** What a decision about an edit is about. */
export function targetOf({ document, area }: Pick<QuarantinedUpdate, 'document' | 'area'>): Target {
  return { kind: kindOf(document), area, name: document };
}

function areasOf(reader: StorageReader, actor: Actor): string[] {
  const areas = ['', ...reader.areas().map(({ id }) => id)];
  return areas.filter((area) => mayDecide(actor, { kind: 'household', area, name: '' }) === null);
}

function describe(
  reader: StorageReader,
  parts: OpenParts,
  held: QuarantinedUpdate,
  state: HeldEdit['state'],
): HeldEdit {
  const { number, reason, at, document, area, person } = held;
  const scratch = Scratch.open(reader.updates(document));
  const head = scratch.current('answers', '108');
  const name = head ? lastValue(head) : null;
  const read = readEntries(scratch, openForTaking(reader, held, parts), held);
  return {
    number,
    reason,
    state,
    receivedAt: at,
    document,
    area,
    head: typeof name === 'string' ? name : '',
    by: person,
    byName: reader.person(person)?.name ?? '',
    ...read,
  };
}

/** What an update would write, as the gate reads it: nothing of it is believed before. */
function readEntries(
  scratch: Scratch,
  left: Pick<QuarantinedUpdate, 'update' | 'marks'> | null,
  { person, device, at }: QuarantinedUpdate,
): Pick<HeldEdit, 'entries' | 'problem'> {
  if (!left) return { entries: [], problem: 'not-found' };
  const { update, marks } = left;
  let writes: readonly Write[] = [];
  const before = new Map<string, unknown>();
  const judgement = judge(scratch, update, {
    device,
    relayClient: -1,
    owner: () => device,
    isAnswer: () => false,
    authorOf: () => ({ by: '', at }),
    authorOfNew: () => ({ by: person, at }),
    mayWrite(given) {
      writes = given;
      for (const { root, key } of given) {
        const current = scratch.current(root, key);
        before.set(`${root}/${key}`, current ? lastValue(current) : null);
      }
      return null;
    },
  });
  const problem: ErrorCode | null = judgement.verdict === 'refused' ? judgement.failure.code : null;
  const entries = writes
    .filter(({ root }) => !root.startsWith('other/'))
    .map(({ root, key, value, client, clock }) => ({
      path: `${root}/${key}`,
      value: plain(value),
      before: plain(before.get(`${root}/${key}`)),
      by: person,
      device,
      at: writtenAt(marks, client, clock, at),
      receivedAt: at,
    }))
    .sort((a, b) => a.at - b.at);
  return { entries, problem };
}

function plain(value: unknown): HistoryEntry['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
