import type { FormAnswers, Place, Question } from './definition.ts';
import type { Evaluation } from './evaluate.ts';
import type { Page } from './pages.ts';
import type { EnumerationSettings } from './settings.ts';
import type { Finding } from './validation.ts';

/** A question that is asked and has no answer. */
export interface BlankPlace {
  readonly place: Place;
  /** The form wants it answered (the asterisk). */
  readonly required: boolean;
  /** It keeps the officer from submitting. */
  readonly blocks: boolean;
  readonly filledBy: Question['filledBy'];
}

/** The counters of an evaluation or a page. */
export interface Counts {
  readonly answered: number;
  /** Required and blank, of the officer's questions. */
  readonly blank: number;
  readonly errors: number;
  readonly warnings: number;
}

const INCOMPLETE_RESULTS: readonly unknown[] = ['2', '3', '4', '5'];
const NOTES = '601';

/**
 * What a blank at a question means. With 205 code 2-5 only the questions of the setting block, and the notes are required.
 * What the supervisor fills, the fix and the photo never block.
 */
export function blankMeaning(
  question: Question,
  result: unknown,
  settings: EnumerationSettings,
): Pick<BlankPlace, 'required' | 'blocks'> {
  const incomplete = INCOMPLETE_RESULTS.includes(result);
  const required = question.required || (incomplete && question.id === NOTES);
  if (question.filledBy === 'supervisor' || question.level === 'building') return { required, blocks: false };
  if (incomplete) return { required, blocks: settings.blockingWhenNotComplete.includes(question.id) };
  return { required, blocks: required };
}

/** Whether something outside `answers` fills the question: the fix or the photos. */
export function isBuildingAnswered(question: Question, answers: FormAnswers): boolean {
  return question.kind === 'gps' ? answers.fix !== null : answers.photoCount > 0;
}

/** Whether a form may be submitted, and what stands against it. Warnings do not: they ask for a remark each. */
export interface SubmitVerdict {
  readonly allowed: boolean;
  readonly errors: readonly Finding[];
  readonly blank: readonly Place[];
  /** Warnings to be confirmed with a remark; the caller knows which ones are. */
  readonly warnings: readonly Finding[];
}

/** Judges an evaluation for submission: no errors, no blocking blanks. */
export function canSubmit(evaluation: Evaluation): SubmitVerdict {
  const errors = evaluation.findings.filter((finding) => finding.severity === 'error');
  const warnings = evaluation.findings.filter((finding) => finding.severity === 'warning');
  const blank = evaluation.blank.filter((each) => each.blocks).map((each) => each.place);
  return { allowed: errors.length === 0 && blank.length === 0, errors, blank, warnings };
}

/** The counters of one page of an evaluation, for the colours of the page list. */
export function pageCounts(page: Page, evaluation: Evaluation): Counts {
  const ids = new Set(page.groups.flatMap((group) => group.questions.map((question) => question.id)));
  const onPage = (place: Place) => place.member === page.member && ids.has(place.question);
  const asked =
    page.member === null ? evaluation.relevant.family : evaluation.relevant.members.get(page.member);
  const blank = evaluation.blank.filter((each) => onPage(each.place));
  const findings = evaluation.findings.filter((finding) => onPage(finding.place));
  return countsOf([...ids].filter((id) => asked?.has(id)).length, blank, findings);
}

/** Counts from the number of asked questions, the blanks among them and the findings. */
export function countsOf(asked: number, blank: readonly BlankPlace[], findings: readonly Finding[]): Counts {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  return {
    answered: asked - blank.length,
    blank: blank.filter((each) => each.required && each.filledBy === 'officer').length,
    errors,
    warnings: findings.length - errors,
  };
}
