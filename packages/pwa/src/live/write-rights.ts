import type { Role } from '@rukun/core/foundation';
import type { State } from '@rukun/core/household';

/**
 * Who may write answers in which state, as the device offers it. The relay does not look at the state yet: this table moves
 * into core's policy, for both, when that gets its state column.
 */
const STATES_BY_ROLE: Partial<Record<Role, readonly State[]>> = {
  officer: ['open', 'draft', 'returned'],
  supervisor: ['open', 'draft', 'submitted', 'returned'],
};

/** Whether a person of this role may write answers in this state. */
export function mayWriteAnswers(role: Role, state: State): boolean {
  return STATES_BY_ROLE[role]?.includes(state) ?? false;
}
