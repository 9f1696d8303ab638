import { expect, test } from 'vitest';
import { mayManage, type ManagementScope } from '@rukun/core/access';
import { ROLES, type Role } from '@rukun/core/foundation';

const SCOPES: readonly ManagementScope[] = ['relay', 'kecamatan', 'team', 'forum'];
const roles = Object.keys(ROLES) as Role[];

/** Manager, person, and what they have to have in common. Whatever is not here is nobody's. */
const VECTORS: readonly (readonly [Role, Role, ManagementScope])[] = [
  ['administrator', 'coordinator', 'relay'],
  ['administrator', 'supervisor', 'relay'],
  ['administrator', 'officer', 'relay'],
  ['administrator', 'facilitator', 'relay'],
  ['administrator', 'assistant', 'relay'],
  ['administrator', 'participant', 'relay'],
  ['administrator', 'institution', 'relay'],
  ['coordinator', 'supervisor', 'kecamatan'],
  ['coordinator', 'officer', 'kecamatan'],
  ['supervisor', 'officer', 'team'],
  ['facilitator', 'assistant', 'forum'],
  ['facilitator', 'participant', 'forum'],
  ['assistant', 'participant', 'forum'],
];

test.each(roles.flatMap((manager) => roles.map((person) => [manager, person] as const)))(
  'whether the %s manages the %s',
  (manager, person) => {
    const needed = VECTORS.find(([above, below]) => above === manager && below === person)?.[2];
    const ask = (shared: readonly ManagementScope[]) =>
      mayManage({ id: 'a', role: manager }, { id: 'b', role: person }, new Set(shared));
    for (const scope of SCOPES) {
      const isEnough = needed === 'relay' || needed === scope;
      expect(ask([scope]), `${scope} alone`).toBe(isEnough);
      expect(ask(SCOPES.filter((each) => each !== scope)), `all but ${scope}`).toBe(
        needed !== undefined && (needed === 'relay' || needed !== scope),
      );
    }
    expect(mayManage({ id: 'a', role: manager }, { id: 'a', role: person }, new Set(SCOPES))).toBe(false);
  },
);
