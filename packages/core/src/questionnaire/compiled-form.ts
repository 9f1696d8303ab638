import type { CheckName } from './check-call.ts';
import { checks } from './checks.ts';
import { compileCondition, questionsIn, type Verdict } from './condition.ts';
import type { Block, Condition, Form, Question, Rule } from './definition.ts';
import type { Check, Subject } from './subject.ts';

export interface CompiledRule {
  readonly rule: Rule;
  readonly when: Verdict | null;
  readonly must: Verdict | null;
  readonly check: ((subject: Subject) => boolean | undefined) | null;
}

export interface CompiledQuestion {
  readonly slot: number;
  readonly question: Question;
  readonly ask: Verdict | null;
  readonly rules: readonly CompiledRule[];
  readonly codes: ReadonlySet<string>;
  readonly pattern: RegExp | null;
}

interface CompiledBlock {
  readonly block: Block;
  readonly questions: readonly CompiledQuestion[];
}

/** A form made ready for evaluation: every question has a slot, every condition is a function. */
export interface CompiledForm {
  readonly form: Form;
  readonly blocks: readonly CompiledBlock[];
  readonly questions: readonly CompiledQuestion[];
  readonly byId: ReadonlyMap<string, CompiledQuestion>;
}

const compiled = new WeakMap<Form, CompiledForm>();

function runCheck<Name extends CheckName>(name: Name, call: Parameters<Check<Name>>[1]) {
  const check: Check<Name> = checks[name];
  return (subject: Subject) => check(subject, call);
}

/** Compiles a form, once per form object. Throws when the data name an unknown question or ask about a later one. */
export function compileForm(form: Form): CompiledForm {
  const known = compiled.get(form);
  if (known) return known;

  const slots = new Map<string, { slot: number; question: Question }>();
  for (const question of form.blocks.flatMap((block) => block.questions)) {
    if (slots.has(question.id)) throw new Error(`question ${question.id} stands twice in ${form.id}`);
    slots.set(question.id, { slot: slots.size, question });
  }
  const lookup = (id: string) => {
    const found = slots.get(id);
    if (!found) throw new Error(`${form.id} has no question ${id}`);
    return found;
  };

  const compileAsk = (question: Question, ask: Condition): Verdict => {
    for (const id of questionsIn(ask)) {
      const named = lookup(id);
      if (named.slot >= lookup(question.id).slot)
        throw new Error(`${question.id} asks about the later ${id}`);
      if (named.question.level === 'member' && question.level !== 'member') {
        throw new Error(`${question.id} asks about ${id} of no particular member`);
      }
    }
    return compileCondition(ask, lookup);
  };

  const compileRule = (rule: Rule): CompiledRule => ({
    rule,
    when: rule.when && compileCondition(rule.when, lookup),
    must: 'check' in rule.must ? null : compileCondition(rule.must, lookup),
    check: 'check' in rule.must ? runCheck(rule.must.check, rule.must) : null,
  });

  const compileQuestion = (question: Question): CompiledQuestion => ({
    slot: lookup(question.id).slot,
    question,
    ask: question.ask && compileAsk(question, question.ask),
    rules: [
      ...question.rules,
      ...form.extraRules.filter((extra) => extra.question === question.id).map((extra) => extra.rule),
    ].map(compileRule),
    codes: new Set(question.options.map((option) => option.code)),
    pattern: question.pattern === undefined ? null : new RegExp(question.pattern),
  });

  const blocks = form.blocks.map((block) => ({ block, questions: block.questions.map(compileQuestion) }));
  const questions = blocks.flatMap((block) => block.questions);
  const result: CompiledForm = {
    form,
    blocks,
    questions,
    byId: new Map(questions.map((question) => [question.question.id, question])),
  };
  compiled.set(form, result);
  return result;
}

/** The question of an id; undefined when the form has none. */
export function questionOf(form: Form, id: string): Question | undefined {
  return compileForm(form).byId.get(id)?.question;
}
