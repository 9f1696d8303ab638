import type { Answer, Answers, FormAnswers } from './definition.ts';
import type { Evaluation } from './evaluate.ts';
import { isBlank } from './relevance.ts';

/** The answers of a form as institutions get them: asked and answered ones only, in no particular order. */
export interface ExportedAnswers {
  readonly family: Readonly<Record<string, Answer>>;
  readonly members: readonly { readonly id: string; readonly answers: Readonly<Record<string, Answer>> }[];
}

function asked(answers: Answers, ids: ReadonlySet<string> | undefined): Record<string, Answer> {
  const kept: Record<string, Answer> = {};
  for (const id of ids ?? []) {
    const answer = Object.hasOwn(answers, id) ? answers[id] : null;
    if (!isBlank(answer)) kept[id] = answer;
  }
  return kept;
}

/** Leaves out blanks, dormant answers and unknown keys. `evaluation` must be of the same answers. */
export function exportAnswers(answers: FormAnswers, evaluation: Evaluation): ExportedAnswers {
  const { relevant } = evaluation;
  return {
    family: asked(answers.family, relevant.family),
    members: answers.members.map((member) => ({
      id: member.id,
      answers: asked(member.answers, relevant.members.get(member.id)),
    })),
  };
}
