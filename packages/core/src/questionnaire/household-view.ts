import type { CompiledForm } from './compiled-form.ts';
import type { Answer, FormAnswers } from './definition.ts';
import type { BlankPlace } from './progress.ts';
import type { EntityState, HouseholdState } from './relevance.ts';
import type { EnumerationSettings } from './settings.ts';
import type { EntityView, HouseholdView, Surroundings } from './subject.ts';

function entityView(form: CompiledForm, state: EntityState): EntityView {
  return {
    id: state.id,
    answer: (question) => {
      const slot = form.byId.get(question)?.slot;
      return slot === undefined ? undefined : state.values[slot];
    },
    lacks: (question) => {
      const slot = form.byId.get(question)?.slot;
      return slot !== undefined && state.relevant[slot] === true && state.values[slot] === undefined;
    },
  };
}

/** What the checks see of a household. `blank` are the blanks of the same evaluation. */
export function householdView(
  form: CompiledForm,
  state: HouseholdState,
  answers: FormAnswers,
  settings: EnumerationSettings,
  surroundings: Surroundings,
  blank: readonly BlankPlace[],
): HouseholdView {
  const members = state.members.map((member) => entityView(form, member));
  const tallies = new Map<string, Map<Answer, number>>();
  let present: readonly EntityView[] | undefined;
  let head: EntityView | null | undefined;

  const tally = (question: string) => {
    const known = tallies.get(question);
    if (known) return known;
    const counts = new Map<Answer, number>();
    for (const member of members) {
      const answer = member.answer(question);
      if (answer !== undefined) counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    tallies.set(question, counts);
    return counts;
  };

  const findHead = () => {
    const heads = members.filter((member) => member.answer('409') === '1');
    return heads.length === 1 ? (heads[0] ?? null) : null;
  };

  return {
    answers,
    settings,
    surroundings,
    family: entityView(form, state.family),
    members,
    present: () =>
      (present ??= members.filter((member) => ['1', '5'].includes(String(member.answer('404'))))),
    tally,
    head: () => (head === undefined ? (head = findHead()) : head),
    missing: (blocks) =>
      blank.some(
        ({ place, blocks: doesBlock }) =>
          doesBlock && blocks.includes(form.byId.get(place.question)?.question.block ?? ''),
      ),
  };
}
