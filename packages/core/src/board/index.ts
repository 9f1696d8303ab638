export {
  areaOfRoot,
  isAssignmentValue,
  isBoardAnswerKey,
  readAssignment,
  readBoard,
  writeAssignment,
  type Assignment,
  type StandingAssignment,
} from './board.ts';
