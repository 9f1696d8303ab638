export type {
  Answer,
  Answers,
  Block,
  BlockId,
  Condition,
  DatePart,
  Fix,
  Form,
  FormAnswers,
  MemberAnswers,
  Option,
  PartId,
  Place,
  Question,
  QuestionKind,
  Rule,
  Severity,
  Source,
  Text,
} from './definition.ts';
export type { CheckCall, CheckName } from './check-call.ts';
export { regsosek22K } from './forms/regsosek22-k/index.ts';
export { enumerationSettings, settings2022, type EnumerationSettings } from './settings.ts';
export { evaluate, isRelevant, type Evaluation } from './evaluate.ts';
export { canSubmit, pageCounts, type BlankPlace, type Counts, type SubmitVerdict } from './progress.ts';
export type { Finding } from './validation.ts';
export { periodWindow } from './checks/timing.ts';
export type { Surroundings } from './subject.ts';
export { exportAnswers, type ExportedAnswers } from './exported-answers.ts';
export { isBlank } from './relevance.ts';
export { limitsOf } from './answer-domain.ts';
export { questionOf } from './compiled-form.ts';
export {
  nextPlace,
  pageOf,
  pagesOf,
  previousPlace,
  type Page,
  type PageGroup,
  type StopAt,
} from './pages.ts';
export { typedCode, type TypedCode } from './typed-code.ts';
export { joinSum, splitSum, sumHas, toggleCode } from './sum-code.ts';
export {
  birthDateOfNik,
  birthPartOfNik,
  hasKnownProvince,
  hasRecordingDate,
  hasSerial,
  isSixteenDigits,
  type NikBirth,
} from './identity-numbers.ts';
export { isPlausiblePhone, normalisePhone } from './phone-number.ts';
