export {
  bucketOf,
  bucketSums,
  differingBuckets,
  fingerprintOf,
  openUpdates,
  type Fingerprints,
} from './fingerprint.ts';
export { judge } from './commit/judge.ts';
export type { Authorship, JudgeContext, Judgement, Write } from './commit/judgement.ts';
export { Scratch } from './commit/scratch.ts';
export { redactDocument, redactUpdates } from './commit/redaction.ts';
export { auditAll, type AuditParts, type AuditReport, type AuditTransport } from './device/audit.ts';
export { exchangeAll, type ExchangeParts, type ExchangeReport } from './device/exchange.ts';
export { LinkPace } from './device/link-pace.ts';
export { waitBeforeRetryMs } from './device/pace.ts';
export type {
  AnswerToStore,
  DocumentContents,
  DocumentNews,
  DocumentState,
  DocumentStore,
  ExchangeTransport,
  HeldDocument,
  LocalRow,
  OutboxDocument,
  Rebuilt,
  Refusal,
  RefusedEdit,
  StoredRow,
  SyncPosition,
  TabStore,
} from './device/ports.ts';
export { consequenceOf, rebuiltOf } from './device/rebuild.ts';
export { withoutErased } from './device/without-erased.ts';
export { MOST_MOVED_RUNS, type MovedRun } from './device/moved-structs.ts';
export { freshClient } from './device/replay-structs.ts';
export { marksOf } from './device/items.ts';
export { OpenDocument, STORED, type OpenParts } from './device/open-document.ts';
export type { SaveState, UnstoredEdit } from './device/write-queue.ts';
