import { OTHER_PREFIX } from '../foundation/index.ts';
import { isEventType, MEMBER_FIELDS, ROOTS } from '../household/index.ts';
import type { DocumentKind } from '../protocol/index.ts';
import { regsosek22K } from '../questionnaire/index.ts';
import type { FieldGroup, GroupOf } from './field-groups.ts';

/** A key of a root map, as an update names it. */
export interface Key {
  readonly root: string;
  readonly key: string;
}

/** What has to be known of a document to say to which group a key belongs. */
export interface KeyFacts {
  /** The type of a status event, as it will stand. */
  eventType(root: string): unknown;
  /** Whether an entity of a forum list is of the person who writes. */
  isOwn(root: string): boolean;
}

/** Questions whose code the supervisor fills in: 417 and 421 (regsosek.md section 0, fact 5). */
const CODED: ReadonlySet<string> = new Set(
  regsosek22K.blocks.flatMap(({ questions }) =>
    questions.filter(({ filledBy }) => filledBy === 'supervisor').map(({ id }) => id),
  ),
);

const REMARK_KEYS: ReadonlySet<string> = new Set(['place', 'rule', 'text', 'by', 'at']);
const EVENT_KEYS: ReadonlySet<string> = new Set(['type', 'by', 'at', 'turn', 'reason']);
const FIX_KEYS: ReadonlySet<string> = new Set([
  'latitude',
  'longitude',
  'accuracy',
  'at',
  'by',
  'readings',
  'manual',
  'reason',
]);

/** The group a question of the family or of a member belongs to. */
export function groupOfQuestion(question: string): 'answers' | 'codes' {
  return CODED.has(question) ? 'codes' : 'answers';
}

/** The group a key belongs to, or null where the document has no such field. */
export function groupOf(kind: DocumentKind, at: Key, facts: KeyFacts): FieldGroup | null {
  const { root } = at;
  if (root.startsWith(OTHER_PREFIX)) {
    const slash = root.lastIndexOf('/');
    const beside = { root: root.slice(OTHER_PREFIX.length, slash), key: root.slice(slash + 1) };
    return slash > OTHER_PREFIX.length ? GROUPS[kind](beside, facts) : null;
  }
  return GROUPS[kind](at, facts);
}

const GROUPS: { readonly [K in DocumentKind]: (at: Key, facts: KeyFacts) => GroupOf<K> | null } = {
  household: groupInHousehold,
  area({ root }) {
    if (root === 'listing' || root === 'recap') return root;
    return isEntity(root, 'change/') ? 'changes' : null;
  },
  board({ root, key }) {
    if (!isEntity(root, 'assignment/')) return null;
    if (key === 'officer' || key === 'supervisor') return key;
    return key === 'target' || key === 'dueDate' ? 'load' : null;
  },
  forum({ root }) {
    if (root === 'forum') return root;
    return isEntity(root, 'attendance/') ? 'attendance' : null;
  },
  'forum-list'({ root }, facts) {
    if (isEntity(root, 'family/')) return 'families';
    if (isEntity(root, 'proposal/')) return facts.isOwn(root) ? 'own-proposal' : 'proposals';
    if (isEntity(root, 'vote/')) return 'votes';
    return isEntity(root, 'decision/') ? 'decisions' : null;
  },
};

function groupInHousehold({ root, key }: Key, facts: KeyFacts): GroupOf<'household'> | null {
  if (root === ROOTS.answers) return groupOfQuestion(key);
  if (isEntity(root, ROOTS.member))
    return key === MEMBER_FIELDS.order || key === MEMBER_FIELDS.removed ? 'members' : groupOfQuestion(key);
  if (root === ROOTS.household) return 'record';
  if (isEntity(root, ROOTS.remark))
    return key === 'resolved' ? 'remark-resolved' : REMARK_KEYS.has(key) ? 'remark' : null;
  if (isEntity(root, ROOTS.fix)) return key === 'dropped' ? 'fix-dropped' : FIX_KEYS.has(key) ? 'fix' : null;
  if (!isEntity(root, ROOTS.event) || !EVENT_KEYS.has(key)) return null;
  const type = facts.eventType(root);
  return isEventType(type) ? type : null;
}

function isEntity(root: string, prefix: string): boolean {
  return root.length > prefix.length && root.startsWith(prefix);
}
