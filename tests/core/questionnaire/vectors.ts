import { readFileSync } from 'node:fs';
import { localDate, yearMonth } from '@rukun/core/foundation';
import {
  enumerationSettings,
  evaluate,
  regsosek22K,
  type Answers,
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

/** A file of tests/vectors, typed by whoever knows it. */
export function vectorFile<Content>(name: string): Content {
  const text = readFileSync(new URL(`../../vectors/${name}`, import.meta.url), 'utf8');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the vectors are ours and the tests check their content
  return JSON.parse(text) as Content;
}

const base = vectorFile<{ settings: SettingsFacts; answers: FormAnswers }>('base-household.json');

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
