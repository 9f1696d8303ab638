import type { Role } from '../foundation/index.ts';
import { STATES, type State } from '../household/index.ts';
import type { DocumentKind } from '../protocol/index.ts';
import type { GroupOf } from './field-groups.ts';

/**
 * The one table of who may read which document and write which field in which state (DESIGN.md section 1, promises P3 and
 * P4). The screens offer by it, the relay accepts by it, `docs/access.md` is made from it. Why it is as it is:
 * docs/decisions/0010-access-table.md.
 */

/** How far a document may be read: `kept` on the device, fetched when it is `opened`, or not at all. */
export type Reading = 'kept' | 'opened' | 'none';

/** A state a document can be in when somebody writes: `new`, the centre has nothing of it; `any`, it has no states. */
export type Stage = 'new' | State | 'any';

/** The stages of each kind of document, in order. */
export const STAGES: Record<DocumentKind, readonly Stage[]> = {
  household: ['new', ...STATES],
  area: ['any'],
  board: ['any'],
  forum: ['any'],
  'forum-list': ['any'],
};

export const READING: Record<DocumentKind, Record<Role, Reading>> = {
  household: row('kept', 'kept', 'opened', 'opened', 'none', 'none', 'none', 'none'),
  area: row('kept', 'kept', 'opened', 'opened', 'none', 'none', 'none', 'none'),
  board: row('opened', 'opened', 'opened', 'opened', 'none', 'none', 'none', 'none'),
  forum: row('none', 'none', 'none', 'opened', 'kept', 'kept', 'none', 'none'),
  'forum-list': row('none', 'none', 'none', 'opened', 'kept', 'kept', 'kept', 'none'),
};

type Stages = readonly Stage[];

const NO: Stages = [];
const ANY: Stages = ['any'];
/** While it is in the officer's hands. */
const OFFICERS: Stages = ['new', 'open', 'draft', 'returned'];
/** Until it is approved. */
const UNAPPROVED: Stages = ['new', 'open', 'draft', 'submitted', 'returned'];
const ALWAYS: Stages = ['new', 'open', 'draft', 'submitted', 'returned', 'approved'];
/** Once the centre knows it. */
const KNOWN: Stages = STATES;

/** What one role may write, by kind of document and group of fields: the stages in which it may. */
export const WRITING: { readonly [K in DocumentKind]: Record<GroupOf<K>, Record<Role, Stages>> } = {
  household: {
    record: row(['new'], ['new'], NO, NO, NO, NO, NO, NO),
    answers: row(OFFICERS, UNAPPROVED, NO, NO, NO, NO, NO, NO),
    codes: row(NO, UNAPPROVED, NO, NO, NO, NO, NO, NO),
    members: row(OFFICERS, UNAPPROVED, NO, NO, NO, NO, NO, NO),
    remark: row(ALWAYS, ALWAYS, KNOWN, NO, NO, NO, NO, NO),
    'remark-resolved': row(ALWAYS, ALWAYS, KNOWN, NO, NO, NO, NO, NO),
    fix: row(OFFICERS, UNAPPROVED, NO, NO, NO, NO, NO, NO),
    'fix-dropped': row(OFFICERS, UNAPPROVED, NO, NO, NO, NO, NO, NO),
    // An event is taken where it has an effect, and where what it wants is so already: somebody else said it first.
    submitted: row(['new', 'open', 'draft', 'returned', 'submitted'], NO, NO, NO, NO, NO, NO, NO),
    withdrawn: row(['open', 'draft', 'submitted', 'returned'], NO, NO, NO, NO, NO, NO, NO),
    seen: row(NO, KNOWN, NO, NO, NO, NO, NO, NO),
    returned: row(NO, ['submitted', 'approved', 'returned'], NO, NO, NO, NO, NO, NO),
    approved: row(NO, ['submitted', 'approved'], NO, NO, NO, NO, NO, NO),
    revoked: row(NO, ['approved', 'submitted'], ['approved', 'submitted'], NO, NO, NO, NO, NO),
  },
  area: {
    listing: row(ANY, ANY, NO, NO, NO, NO, NO, NO),
    changes: row(NO, NO, ANY, NO, NO, NO, NO, NO),
    recap: row(ANY, ANY, NO, NO, NO, NO, NO, NO),
  },
  board: {
    officer: row(NO, ANY, ANY, ANY, NO, NO, NO, NO),
    supervisor: row(NO, NO, ANY, ANY, NO, NO, NO, NO),
    load: row(NO, ANY, ANY, ANY, NO, NO, NO, NO),
  },
  forum: {
    forum: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
    attendance: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
  },
  'forum-list': {
    families: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
    'own-proposal': row(NO, NO, NO, NO, ANY, ANY, ANY, NO),
    proposals: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
    votes: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
    decisions: row(NO, NO, NO, NO, ANY, ANY, NO, NO),
  },
};

/** One row, a cell for every role: who leaves one out is told by the compiler. */
function row<T>(
  officer: T,
  supervisor: T,
  coordinator: T,
  administrator: T,
  facilitator: T,
  assistant: T,
  participant: T,
  institution: T,
): Record<Role, T> {
  return {
    officer,
    supervisor,
    coordinator,
    administrator,
    facilitator,
    assistant,
    participant,
    institution,
  };
}
