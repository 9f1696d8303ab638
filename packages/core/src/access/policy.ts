import { OTHER_PREFIX, type Failure, type Role } from '../foundation/index.ts';

/** Who is asking, and what the board gives them. */
export interface Actor {
  readonly person: string;
  readonly role: Role;
  /** Areas (16 digits) of the officer, or of the supervisor's officers. */
  readonly areas: ReadonlySet<string>;
  /** Boards (document names) of the person's kecamatan. */
  readonly boards: ReadonlySet<string>;
}

/** The document someone wants to reach. */
export interface Target {
  readonly kind: 'household' | 'area' | 'board' | 'forum' | 'forum-list';
  /** The relay's binding; '' for one it does not know. */
  readonly area: string;
  readonly name: string;
}

/** One key an update would write. */
export interface Touch {
  readonly root: string;
  readonly key: string;
  readonly value: unknown;
}

type Reach = 'write' | 'read' | 'none';

/** Role × document → reach. The field and state columns follow with the access issue; this is their place. */
const REACH: Record<Role, Record<Target['kind'], Reach>> = {
  officer: { household: 'write', area: 'write', board: 'read', forum: 'none', 'forum-list': 'none' },
  supervisor: { household: 'write', area: 'write', board: 'read', forum: 'none', 'forum-list': 'none' },
  coordinator: { household: 'none', area: 'read', board: 'read', forum: 'none', 'forum-list': 'none' },
  administrator: { household: 'none', area: 'read', board: 'read', forum: 'none', 'forum-list': 'none' },
  facilitator: { household: 'none', area: 'none', board: 'none', forum: 'none', 'forum-list': 'none' },
  assistant: { household: 'none', area: 'none', board: 'none', forum: 'none', 'forum-list': 'none' },
  participant: { household: 'none', area: 'none', board: 'none', forum: 'none', 'forum-list': 'none' },
  institution: { household: 'none', area: 'none', board: 'none', forum: 'none', 'forum-list': 'none' },
};

/** Whether the person may open the document: null if so. Not being told of its existence is the same as `forbidden`. */
export function mayRead(actor: Actor, target: Target): Failure | null {
  return REACH[actor.role][target.kind] !== 'none' && isInScope(actor, target) ? null : { code: 'forbidden' };
}

/** Whether the person may write these keys: null if so, else the paths that are not theirs to write. */
export function mayWrite(actor: Actor, target: Target, touches: readonly Touch[]): Failure | null {
  if (REACH[actor.role][target.kind] !== 'write' || !isInScope(actor, target)) return { code: 'forbidden' };
  const refused = touches
    .filter((touch) => !mayTouch(actor, target, touch))
    .map(({ root, key }) => `${root}/${key}`);
  return refused.length > 0 ? { code: 'forbidden', paths: refused } : null;
}

function isInScope(actor: Actor, target: Target): boolean {
  return target.kind === 'board' ? actor.boards.has(target.name) : actor.areas.has(target.area);
}

/** Nobody signs for another (P4), and the answers kept side by side are the relay's; a device may only settle them (null) or put them back (true). */
function mayTouch(actor: Actor, target: Target, { root, key, value }: Touch): boolean {
  if (target.kind !== 'household') return true;
  if (root.startsWith(OTHER_PREFIX)) return value === null || value === true;
  const isSigned = root.startsWith('remark/') || root.startsWith('event/') || root.startsWith('fix/');
  return !isSigned || key !== 'by' || value === actor.person;
}
