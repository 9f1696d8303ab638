import type { Presence } from '../../app/app.ts';
import type { Place, Remark, StandingAnswer, Value } from '@rukun/core/household';
import type { Answer, Question } from '@rukun/core/questionnaire';
import type { JudgedFinding } from '../../live/judgement.ts';

/** An answer that can be taken over with one tap. */
export interface Suggestion {
  readonly value: Answer;
  readonly words: string;
}

/** Everything one question shows. The same object as long as nothing of it changed, so that nothing is drawn twice. */
export interface QuestionView {
  readonly place: Place;
  /** `answers/303`, `member/k3f1/403`. */
  readonly path: string;
  readonly question: Question;
  readonly value: Answer | null;
  readonly required: boolean;
  /** Of a number, in this enumeration; null: none. */
  readonly limits: { readonly min: number; readonly max: number } | null;
  readonly readOnly: boolean;
  readonly findings: readonly JudgedFinding[];
  readonly remarks: readonly Remark[];
  readonly standing: readonly StandingAnswer[];
  readonly present: readonly Presence[];
  readonly suggestion: Suggestion | null;
}

/** What can be done from a question. One object for the whole form. */
export interface FormActions {
  /** An earlier moment is shown: nothing can be written, remarked or asked about from here. */
  readonly isPast: boolean;
  write(place: Place, value: Value): void;
  /** Moves on to the next question that is asked. */
  next(place: Place): void;
  /** Tells the others where this person is. */
  at(place: Place | null): void;
  addRemark(path: string, text: string, rule: string): void;
  resolveRemark(id: string, resolved: boolean): void;
  nameOf(person: string): string;
}
