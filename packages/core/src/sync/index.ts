export { judge } from './commit/judge.ts';
export type { Authorship, JudgeContext, Judgement, Write } from './commit/judgement.ts';
export { Scratch } from './commit/scratch.ts';
export { exchangeAll, type ExchangeReport } from './device/exchange.ts';
export { waitBeforeRetryMs } from './device/pace.ts';
export type {
  AnswerToStore,
  DocumentStore,
  ExchangeTransport,
  LocalRow,
  OutboxDocument,
  SyncPosition,
} from './device/ports.ts';
