export { hasAnswers } from './answered.ts';
export { erasedValues, fieldsAbout, isErasedPlace, type ErasedEntity } from './erasure.ts';
export {
  Household,
  pathOf,
  placeOf,
  rootOf,
  type NewHousehold,
  type Place,
  type Writer,
} from './household.ts';
export { placesWithStandingAnswers, type StandingAnswer } from './others.ts';
export { HOUSEHOLD_SCHEMA, isAnswerKey, LOCAL, MEMBER_FIELDS, ROOTS, type Value } from './schema.ts';
export { UndoHistory } from './undo-history.ts';
export {
  bestFix,
  readEvents,
  readSnapshot,
  type GeotagFix,
  type HouseholdSnapshot,
  type MemberSnapshot,
  type Remark,
} from './snapshot.ts';
export {
  EVENT_TYPES,
  isEventType,
  isSeen,
  next,
  orderEvents,
  STATE_WORDS,
  stateOf,
  STATES,
  type EventType,
  type State,
  type StatusEvent,
} from './status.ts';
