import type { CheckCall } from './check-call.ts';
import type { SwitchSetting, NumberSetting } from './settings.ts';

/** A text for people, in Indonesian and in English. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

/**
 * A value as documents store it. code: the code as printed ('1', '01'); integer: a number; text, nik, kk, phone: a
 * string; date: a PartialDate string; period: a YearMonth string; multicode: a number, the sum as on paper.
 */
export type Answer = string | number;

/** The answers of one entity by question id. Absent and null both mean blank. */
export type Answers = Readonly<Record<string, Answer | null>>;

export interface MemberAnswers {
  readonly id: string;
  readonly answers: Answers;
}

/** The GPS fix of the dwelling. Degrees WGS84, accuracy as a radius in metres. */
export interface Fix {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMetres: number;
}

/** All that one form holds. Members are in the order of the form; removed ones are already left out. */
export interface FormAnswers {
  readonly family: Answers;
  readonly members: readonly MemberAnswers[];
  readonly fix: Fix | null;
  readonly photoCount: number;
  /** The row of the family list (VK1) this family came from; null for a family found in the field. */
  readonly prelist: { readonly headName: string } | null;
}

/** One place an answer can stand: a question of the family (member null) or of one member. */
export interface Place {
  readonly member: string | null;
  readonly question: string;
}

export type BlockId = 'I' | 'GEO' | 'II' | 'III' | 'IV' | 'V' | 'VI';
export type PartId = 'IV.A' | 'IV.B' | 'IV.C' | 'IV.D' | 'IV.E' | 'IV.F';

export type QuestionKind =
  | 'text'
  | 'integer'
  | 'code'
  | 'multicode'
  | 'date'
  | 'period'
  | 'nik'
  | 'kk'
  | 'phone'
  | 'gps'
  | 'photo';

/** `error` blocks submission; `warning` asks for a confirmation with a remark. */
export type Severity = 'error' | 'warning';

/** Where a fact comes from: `found` in a public source, or `own` knowledge that nobody has confirmed. */
export type Source = 'found' | 'own';

export interface Option {
  readonly code: string;
  readonly label: Text;
}

/** Limits of one part of a date; `unknown` is the code for "not known" (98). */
export interface DatePart {
  readonly min: number;
  readonly max: number;
  readonly unknown?: number;
}

/**
 * A condition over answers, as data. In a member's question a family question can be named as well. Codes compare as
 * printed, numbers as numbers; `has` asks for a code in a sum; `between` includes both ends.
 */
export type Condition =
  | { readonly q: string; readonly eq: Answer }
  | { readonly q: string; readonly ne: Answer }
  | { readonly q: string; readonly in: readonly Answer[] }
  | { readonly q: string; readonly gte: number }
  | { readonly q: string; readonly lte: number }
  | { readonly q: string; readonly between: readonly [number, number] }
  | { readonly q: string; readonly has: number }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/**
 * One rule of the form: when `when` holds (null: always), `must` has to hold. A rule is broken only when that is certain
 * from the answers there are; blank answers break no rule except where a check says so.
 */
export interface Rule {
  /** Unique within the form; equal to `id` except where the form uses one id on several questions. */
  readonly key: string;
  readonly id: string;
  readonly severity: Severity;
  readonly source: Source;
  readonly when: Condition | null;
  readonly must: Condition | CheckCall;
  readonly message: Text;
}

export interface Question {
  /** The number on paper ('306a'); G1, G2, RESP, HP and 601 are ours. */
  readonly id: string;
  readonly block: BlockId;
  /** Only in block IV. */
  readonly part?: PartId;
  /** `building` questions (fix, photo) hold no answer; see FormAnswers.fix and photoCount. */
  readonly level: 'family' | 'member' | 'building';
  readonly kind: QuestionKind;
  readonly label: Text;
  /** The printed codes, for code and multicode. */
  readonly options: readonly Option[];
  /** Asked when this holds; null: always. May speak of questions that stand earlier only. */
  readonly ask: Condition | null;
  /** A switch of the settings that, when on, has this question asked of everybody. */
  readonly askedOfAllWith?: SwitchSetting;
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  /** A number of the settings that takes the place of `max`. */
  readonly maxFrom?: NumberSetting;
  /** Exact length in characters. */
  readonly length?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** The parts of a date as printed for 2022. The year limits of later years follow the settings. */
  readonly parts?: { readonly day?: DatePart; readonly month: DatePart; readonly year: DatePart };
  /** Codes of a multicode that stand alone. */
  readonly exclusive?: readonly string[];
  readonly filledBy: 'officer' | 'supervisor';
  /** Comes from the area frame, not from the officer. */
  readonly prefilled?: true;
  /** The sources disagree or the labels are inferred; see note. */
  readonly uncertain?: true;
  /** A hint for developers and reviewers, English. */
  readonly note?: string;
  readonly rules: readonly Rule[];
  readonly source: Source;
}

export interface Block {
  readonly id: BlockId;
  readonly title: Text;
  readonly questions: readonly Question[];
}

/** A version of the form: pure data. */
export interface Form {
  readonly id: string;
  readonly blocks: readonly Block[];
  /** The parts of block IV. */
  readonly parts: readonly { readonly id: PartId; readonly title: Text }[];
  /** Warnings of ours that the form does not have, each hung on a question. */
  readonly extraRules: readonly { readonly question: string; readonly rule: Rule }[];
}
