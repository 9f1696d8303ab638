import type { Answer, Condition, Question } from './definition.ts';
import { sumHas } from './sum-code.ts';

/** Finds the answer of a question by its place in the compiled form; undefined when blank or not asked. */
type AnswerReader = (slot: number) => Answer | undefined;

/** A compiled condition: true, false, or undefined where blanks leave it open. */
export type Verdict = (read: AnswerReader) => boolean | undefined;

/** What compiling needs to know about a question a condition names. Throws for a question the form does not have. */
export type QuestionLookup = (id: string) => { readonly slot: number; readonly question: Question };

/** The ids of all questions a condition names. */
export function questionsIn(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(questionsIn);
  if ('any' in condition) return condition.any.flatMap(questionsIn);
  if ('not' in condition) return questionsIn(condition.not);
  return [condition.q];
}

function atLeast(value: Answer, limit: number): boolean {
  return typeof value === 'number' && value >= limit;
}

function atMost(value: Answer, limit: number): boolean {
  return typeof value === 'number' && value <= limit;
}

type Leaf = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;

function leafTest(leaf: Leaf, question: Question): (value: Answer) => boolean {
  if ('eq' in leaf) return (value) => value === leaf.eq;
  if ('ne' in leaf) return (value) => value !== leaf.ne;
  if ('in' in leaf) return (value) => leaf.in.includes(value);
  if ('gte' in leaf) return (value) => atLeast(value, leaf.gte);
  if ('lte' in leaf) return (value) => atMost(value, leaf.lte);
  if ('between' in leaf) return (value) => atLeast(value, leaf.between[0]) && atMost(value, leaf.between[1]);
  return (value) => sumHas(question, value, leaf.has);
}

function everyVerdict(parts: readonly Verdict[]): Verdict {
  return (read) => {
    let open = false;
    for (const part of parts) {
      const verdict = part(read);
      if (verdict === false) return false;
      if (verdict === undefined) open = true;
    }
    return open ? undefined : true;
  };
}

function someVerdict(parts: readonly Verdict[]): Verdict {
  return (read) => {
    let open = false;
    for (const part of parts) {
      const verdict = part(read);
      if (verdict === true) return true;
      if (verdict === undefined) open = true;
    }
    return open ? undefined : false;
  };
}

/** Turns a condition into a function, once per form. Blank answers leave a verdict open (undefined), they never decide. */
export function compileCondition(condition: Condition, lookup: QuestionLookup): Verdict {
  if ('all' in condition) return everyVerdict(condition.all.map((part) => compileCondition(part, lookup)));
  if ('any' in condition) return someVerdict(condition.any.map((part) => compileCondition(part, lookup)));
  if ('not' in condition) {
    const inner = compileCondition(condition.not, lookup);
    return (read) => {
      const verdict = inner(read);
      return verdict === undefined ? undefined : !verdict;
    };
  }
  const { slot, question } = lookup(condition.q);
  const test = leafTest(condition, question);
  return (read) => {
    const value = read(slot);
    return value === undefined ? undefined : test(value);
  };
}
