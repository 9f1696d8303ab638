export {
  Household,
  LOCAL,
  pathOf,
  placeOf,
  rootOf,
  type NewHousehold,
  type Place,
  type Writer,
} from './household.ts';
export { placesWithStandingAnswers, type StandingAnswer } from './others.ts';
export { HOUSEHOLD_SCHEMA, isAnswerKey, ROOTS, type Value } from './schema.ts';
export {
  bestFix,
  readSnapshot,
  type GeotagFix,
  type HouseholdSnapshot,
  type MemberSnapshot,
  type Remark,
} from './snapshot.ts';
export {
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
