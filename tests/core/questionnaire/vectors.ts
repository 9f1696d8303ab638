import { readFileSync } from 'node:fs';
import { localDate, yearMonth } from '@rukun/core/foundation';
import {
  enumerationSettings,
  evaluate,
  regsosek22K,
  type Answers,
  type Condition,
  type EnumerationSettings,
  type Evaluation,
  type FormAnswers,
} from '@rukun/core/questionnaire';

interface SettingsFacts {
  readonly fieldwork?: { readonly from: string; readonly to: string };
  readonly periodWindow?: { readonly from: string; readonly to: string } | null;
  readonly caregiverCode3?: EnumerationSettings['caregiverCode3'];
  readonly disposalAskedOfAll?: boolean;
}

/** A question as the instrument has it: rules as id, severity, source, condition and the two texts. */
export interface Facts {
  readonly id: string;
  readonly type: string;
  readonly codes: readonly (readonly [string, string, string])[];
  readonly rules: readonly (readonly [string, string, string, Condition | null, string, string])[];
  readonly filledBy?: string;
  readonly [fact: string]: unknown;
}

/** What a record has other than the base household. */
export interface Patch {
  readonly family?: Answers;
  readonly members?: Readonly<Record<string, Answers>>;
  readonly fix?: FormAnswers['fix'];
  readonly photoCount?: number;
  readonly prelist?: FormAnswers['prelist'];
  readonly settings?: SettingsFacts;
  readonly niksElsewhere?: readonly string[];
  readonly insideArea?: boolean | null;
}

export interface RuleVector {
  readonly rule: string;
  readonly member: string | null;
  readonly passes: readonly Patch[];
  readonly fails: readonly Patch[];
}

export interface SkipVector {
  readonly question: string;
  readonly member: string | null;
  readonly relevant: readonly Patch[];
  readonly irrelevant: readonly Patch[];
}

function text(name: string): string {
  return readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8');
}

/** A vector for each rule of the form and each of our own. */
export const ruleFile: { readonly rules: readonly RuleVector[]; readonly extraRules: readonly RuleVector[] } =
  JSON.parse(text('rules.json'));

/** A vector for each question that is not asked of all. */
export const skipFile: { readonly questions: readonly SkipVector[] } = JSON.parse(text('skips.json'));

/** What the instrument says of each question. */
export const factFile: { readonly questions: readonly Facts[] } = JSON.parse(
  text('questionnaire-facts.json'),
);

const base: { readonly settings: SettingsFacts; readonly answers: FormAnswers } = JSON.parse(
  text('base-household.json'),
);

function settingsOf(facts: SettingsFacts): EnumerationSettings {
  const { fieldwork, periodWindow, ...rest } = { ...base.settings, ...facts };
  return enumerationSettings({
    ...rest,
    ...(fieldwork ? { fieldwork: { from: localDate(fieldwork.from), to: localDate(fieldwork.to) } } : {}),
    periodWindow: periodWindow
      ? { from: yearMonth(periodWindow.from), to: yearMonth(periodWindow.to) }
      : null,
  });
}

/** The base household with a patch. */
export function patched(patch: Patch): FormAnswers {
  const { answers } = base;
  return {
    family: { ...answers.family, ...patch.family },
    members: answers.members.map(({ id, answers: own }) => ({
      id,
      answers: { ...own, ...patch.members?.[id] },
    })),
    fix: patch.fix === undefined ? answers.fix : patch.fix,
    photoCount: patch.photoCount ?? answers.photoCount,
    prelist: patch.prelist === undefined ? answers.prelist : patch.prelist,
  };
}

/** Evaluates the base household with a patch. */
export function evaluated(patch: Patch): Evaluation {
  const { niksElsewhere, insideArea } = patch;
  return evaluate(regsosek22K, patched(patch), settingsOf(patch.settings ?? {}), {
    ...(niksElsewhere ? { nikUsedElsewhere: (nik: string) => niksElsewhere.includes(nik) } : {}),
    ...(insideArea === undefined ? {} : { insideArea: () => insideArea }),
  });
}
