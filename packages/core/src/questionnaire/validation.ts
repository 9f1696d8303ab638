import { domainFault } from './answer-domain.ts';
import type { CompiledForm, CompiledQuestion, CompiledRule } from './compiled-form.ts';
import type { Place, Severity, Text } from './definition.ts';
import type { EntityState, HouseholdState } from './relevance.ts';
import type { EntityView, HouseholdView, Subject } from './subject.ts';

/** Something wrong or unusual at a place. */
export interface Finding {
  /** Stable from one evaluation to the next and unique within one: `[member/]question/rule id`. */
  readonly key: string;
  /** The key of the rule, or `value-…` for a value that is wrong by itself. */
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly message: Text;
}

function finding(place: Place, id: string, rule: string, severity: Severity, message: Text): Finding {
  const path = place.member === null ? place.question : `${place.member}/${place.question}`;
  return { key: `${path}/${id}`, rule, severity, place, message };
}

function isBroken(rule: CompiledRule, state: EntityState, subject: Subject): boolean {
  const read = (slot: number) => state.values[slot];
  if (rule.when !== null && rule.when(read) !== true) return false;
  const verdict = rule.must === null ? rule.check?.(subject) : rule.must(read);
  return verdict === false;
}

function judge(
  compiled: CompiledQuestion,
  state: EntityState,
  entity: EntityView,
  household: HouseholdView,
  found: Finding[],
): void {
  const { question, slot, rules } = compiled;
  if (!state.relevant[slot]) return;
  const place: Place = { member: state.id, question: question.id };
  const value = state.values[slot];
  const fault = value === undefined ? null : domainFault(compiled, value, household.settings);
  if (fault) found.push(finding(place, fault.rule, fault.rule, 'error', fault.message));
  if (rules.length === 0) return;
  const subject: Subject = { question, entity, household, value };
  for (const compiledRule of rules) {
    if (!isBroken(compiledRule, state, subject)) continue;
    const { rule } = compiledRule;
    found.push(finding(place, rule.id, rule.key, rule.severity, rule.message));
  }
}

/** All findings of a household, in the order of the form. Questions that are not asked have none. */
export function findingsOf(form: CompiledForm, state: HouseholdState, household: HouseholdView): Finding[] {
  const found: Finding[] = [];
  for (const { block, questions } of form.blocks) {
    if (block.id !== 'IV') {
      for (const question of questions) judge(question, state.family, household.family, household, found);
      continue;
    }
    state.members.forEach((member, index) => {
      const view = household.members[index];
      if (view) for (const question of questions) judge(question, member, view, household, found);
    });
  }
  return found;
}
