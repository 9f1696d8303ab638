import type { Place, Remark } from '@rukun/core/household';
import type { Evaluation, Finding } from '@rukun/core/questionnaire';

/** A finding, and whether a remark says that it is so in reality. */
export interface JudgedFinding {
  readonly finding: Finding;
  readonly confirmed: boolean;
}

/** What stands open in a household, for its form and for its line of the list alike. */
export interface Judgement {
  /** In the order of the form, those that a remark confirmed included. */
  readonly findings: readonly JudgedFinding[];
  /** Required and unanswered, this side's to fill. */
  readonly owed: readonly Place[];
  readonly errors: number;
  /** Warnings that no remark confirmed. */
  readonly warnings: number;
}

/** Photographs come with a later release: nothing may ask for what cannot be given. */
const NOT_OFFERED: ReadonlySet<string> = new Set(['G2']);

/** Whether the app asks the question already. */
export function isOffered(question: string): boolean {
  return !NOT_OFFERED.has(question);
}

/** Judges an evaluation in the light of the remarks. `side` tells whose blanks count: the supervisor owes the officer's too. */
export function judge(
  evaluation: Evaluation,
  remarks: readonly Remark[],
  side: 'officer' | 'supervisor',
): Judgement {
  const justified = new Set(remarks.map((remark) => remark.rule));
  const findings = evaluation.findings
    .filter((finding) => isOffered(finding.place.question))
    .map((finding) => ({ finding, confirmed: isConfirmed(finding, justified) }));
  const owed = evaluation.blank
    .filter((each) => each.required && isOffered(each.place.question))
    .filter((each) => each.filledBy === 'officer' || side === 'supervisor')
    .map((each) => each.place);
  const errors = findings.filter(({ finding }) => finding.severity === 'error').length;
  const warnings = findings.filter(({ confirmed }) => !confirmed).length - errors;
  return { findings, owed, errors, warnings };
}

/** A warning is confirmed by a remark that names it; an error never. */
function isConfirmed(finding: Finding, justified: ReadonlySet<string>): boolean {
  return finding.severity === 'warning' && justified.has(finding.key);
}
