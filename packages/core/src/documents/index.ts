export { BOUNDS } from './bounds.ts';
export { ErasedPlaces, readErasures, writeErasure, type ErasureMark } from './erased.ts';
export { freshPart, type FreshPart } from './fresh-part.ts';
export { redactUpdate } from './redact.ts';
export { lastValue } from './structs.ts';
export { readStateVector } from './state-vector.ts';
export { compactUpdate, expandUpdate } from './update-format.ts';
export {
  readUpdate,
  type ClientBlock,
  type DeleteRange,
  type StructId,
  type UpdateStruct,
  type UpdateSummary,
} from './update-reader.ts';
