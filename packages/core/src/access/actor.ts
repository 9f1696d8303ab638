import type { InstantMs, Role } from '../foundation/index.ts';
import type { DocumentKind } from '../protocol/index.ts';

/** What is left of an area after it was given to somebody else. */
export interface FormerReach {
  /** Number of the last commit they could read. */
  readonly lastCommit: number;
  /** Before this moment what they wrote there still arrives; afterwards it is kept for the supervisor to decide. */
  readonly until: InstantMs;
}

/** Who is asking, and what the board and their office give them. */
export interface Actor {
  readonly person: string;
  readonly role: Role;
  /** Areas (16 digits) of the officer, or of the supervisor's officers. */
  readonly areas: ReadonlySet<string>;
  /** Areas that were theirs. They read nothing of what is new there. */
  readonly former: ReadonlyMap<string, FormerReach>;
  /**
   * The beginning of the area codes their office covers: 7 digits of a kecamatan, 4 of a regency, 16 of a sub-SLS. '' is the whole
   * relay for an administrator, and nothing for everybody else.
   */
  readonly scope: string;
  /** Boards (document names) of the person's kecamatan. */
  readonly boards: ReadonlySet<string>;
  /** Prefix of the ids made on this device; '' where it does not matter. */
  readonly tag: string;
}

/** The document someone wants to reach. */
export interface Target {
  readonly kind: DocumentKind;
  /** The relay's binding; '' for one it does not know. */
  readonly area: string;
  readonly name: string;
}

/** What a role's part of the register is. */
export type Scope =
  | 'own-areas'
  | 'supervised-areas'
  | 'kecamatan'
  | 'regency'
  | 'forum'
  | 'own-sls'
  | 'agreement';

export const SCOPES: Record<Role, Scope> = {
  officer: 'own-areas',
  supervisor: 'supervised-areas',
  coordinator: 'kecamatan',
  administrator: 'regency',
  facilitator: 'forum',
  assistant: 'forum',
  participant: 'own-sls',
  institution: 'agreement',
};

/** Whether a document lies in the person's part of the register at this moment. */
export function isInScope(actor: Actor, { kind, area, name }: Target): boolean {
  if (kind === 'board') return actor.boards.has(name);
  switch (SCOPES[actor.role]) {
    case 'own-areas':
    case 'supervised-areas':
      return actor.areas.has(area);
    case 'kecamatan':
      return actor.scope !== '' && area.startsWith(actor.scope);
    case 'regency':
      return area !== '' && area.startsWith(actor.scope);
    case 'forum':
    case 'own-sls':
      return area !== '' && actor.scope !== '' && area.startsWith(actor.scope);
    case 'agreement':
    default:
      return false;
  }
}
