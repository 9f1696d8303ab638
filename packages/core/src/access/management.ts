import type { Role } from '../foundation/index.ts';

/**
 * How far a manager's hand reaches: everybody of this relay, those with an assignment in a kecamatan of the manager's
 * boards, the officers named with the manager on an assignment, those of a forum the manager leads.
 */
export type ManagementScope = 'relay' | 'kecamatan' | 'team' | 'forum';

/**
 * Who manages whom, and within what: resetting a password, listing and revoking devices. Nobody manages an equal or
 * somebody above; what is not in the table is nobody's. (Order of the enumeration: administrator, coordinator, supervisor,
 * officer; of a forum: facilitator, assistant, participant.)
 */
const MANAGES: Readonly<Record<Role, Partial<Record<Role, ManagementScope>>>> = {
  administrator: {
    coordinator: 'relay',
    supervisor: 'relay',
    officer: 'relay',
    facilitator: 'relay',
    assistant: 'relay',
    participant: 'relay',
    institution: 'relay',
  },
  coordinator: { supervisor: 'kecamatan', officer: 'kecamatan' },
  supervisor: { officer: 'team' },
  officer: {},
  facilitator: { assistant: 'forum', participant: 'forum' },
  assistant: { participant: 'forum' },
  participant: {},
  institution: {},
};

/** One end of the question, by id and role. */
export interface ManagedPerson {
  readonly id: string;
  readonly role: Role;
}

/**
 * Whether `manager` may reset the password of `person`, see the devices and revoke them. `shared`: the scopes the two have
 * in common at this moment, as the assignments say; `relay` is always one. Nobody manages themselves: for the own password
 * and the own devices other rules hold.
 */
export function mayManage(
  manager: ManagedPerson,
  person: ManagedPerson,
  shared: ReadonlySet<ManagementScope>,
): boolean {
  if (manager.id === person.id) return false;
  const scope = MANAGES[manager.role][person.role];
  return scope === 'relay' || (scope !== undefined && shared.has(scope));
}

/** Whether a role manages anybody at all. */
export function managesAnybody(role: Role): boolean {
  return Object.keys(MANAGES[role]).length > 0;
}
