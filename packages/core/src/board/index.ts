export { readBoard, writeAssignment, type Assignment } from './board.ts';
