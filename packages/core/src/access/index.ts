export { isInScope, SCOPES, type Actor, type FormerReach, type Scope, type Target } from './actor.ts';
export { FIELD_GROUPS, type FieldGroup, type GroupOf, type HouseholdGroup } from './field-groups.ts';
export { groupOfQuestion } from './groups-of-keys.ts';
export {
  mayDecide,
  mayKeep,
  mayListReaders,
  mayReach,
  mayRead,
  mayWrite,
  offers,
  offersEvent,
  readUntil,
  type DocumentFacts,
  type Touch,
} from './policy.ts';
export { mayManage, managesAnybody, type ManagedPerson, type ManagementScope } from './management.ts';
export { PASSWORD_LENGTH, passwordFaults, type PasswordFault } from './passwords.ts';
export { READING, STAGES, WRITING, type Reading, type Stage } from './table.ts';
