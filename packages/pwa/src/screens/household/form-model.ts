import type { OpenHousehold } from '../../app/app.ts';
import {
  pathOf,
  placesWithStandingAnswers,
  stateOf,
  type HouseholdSnapshot,
  type MemberSnapshot,
  type Place,
  type Remark,
  type State,
} from '@rukun/core/household';
import {
  isBlank,
  isRelevant,
  pagesOf,
  type Answer,
  type Evaluation,
  type Form,
  type Page,
  type Question,
} from '@rukun/core/questionnaire';
import { isOffered, judge, type JudgedFinding } from '../../live/judgement.ts';

export interface PageState {
  readonly answered: number;
  readonly blank: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Everything the screen of one family shows, worked out once per change. */
export interface FormModel {
  readonly form: Form;
  readonly snapshot: HouseholdSnapshot;
  readonly evaluation: Evaluation;
  /** `draft` while it was never submitted, answered or not. */
  readonly state: State;
  /** Present members, in order. */
  readonly members: readonly MemberSnapshot[];
  readonly pages: readonly Page[];
  readonly pageStates: ReadonlyMap<string, PageState>;
  readonly findings: readonly JudgedFinding[];
  /** Required, unanswered, this side's to fill. */
  readonly blank: readonly Place[];
  readonly findingsByPath: ReadonlyMap<string, readonly JudgedFinding[]>;
  readonly remarksByPath: ReadonlyMap<string, readonly Remark[]>;
  readonly openRemarks: readonly Remark[];
  /** Paths with answers standing side by side. */
  readonly standing: readonly string[];
  readonly totals: PageState & { readonly remarks: number };
}

/** Works out the model of an open household. `filledBy` tells whose blanks count. */
export function modelOf(open: OpenHousehold, form: Form, filledBy: 'officer' | 'supervisor'): FormModel {
  const snapshot = open.snapshot.get();
  const evaluation = open.evaluation.get();
  const members = snapshot.members.filter((member) => member.removed === null && !member.isErased);
  const pages = pagesOf(form, members);
  const { findings, owed: blank } = judge(evaluation, snapshot.remarks, filledBy);
  const openRemarks = snapshot.remarks.filter((remark) => !remark.resolved);
  const pageStates = statesOf(pages, evaluation, blank, findings);
  return {
    form,
    snapshot,
    evaluation,
    state: stateOf(snapshot.events, true),
    members,
    pages,
    pageStates,
    findings,
    blank,
    findingsByPath: groupBy(findings, ({ finding }) => pathOf(finding.place)),
    remarksByPath: groupBy(snapshot.remarks, (remark) => remark.place),
    openRemarks,
    standing: placesWithStandingAnswers(open.household.doc).map(([root, key]) => `${root}/${key}`),
    totals: { ...total(pageStates), remarks: openRemarks.length },
  };
}

/** The answer at a place; null when blank. */
export function answerAt(snapshot: HouseholdSnapshot, place: Place): Answer | null {
  const answers =
    place.member === null
      ? snapshot.answers
      : snapshot.members.find((member) => member.id === place.member)?.answers;
  const value = answers?.[place.question] ?? null;
  return typeof value === 'boolean' || isBlank(value) ? null : value;
}

/** The first question of a page that is asked and still has no answer, among those that are typed; null if none is left. */
export function firstToType(
  page: Page,
  model: FormModel,
  isTyped: (question: Question) => boolean,
): Place | null {
  for (const question of page.groups.flatMap((group) => group.questions)) {
    const place = { member: page.member, question: question.id };
    const isAsked = isTyped(question) && isRelevant(model.evaluation, place);
    if (isAsked && answerAt(model.snapshot, place) === null) return place;
  }
  return null;
}

/** Whether this is the roster or the page of the last member, and the family is said (112) to have more. */
export function isAnotherDue(page: string, { members, snapshot }: FormModel): boolean {
  const said = snapshot.answers['112'];
  const isEnd = page === 'roster' || page === `member/${members.at(-1)?.id}`;
  return isEnd && typeof said === 'number' && members.length < said;
}

function statesOf(
  pages: readonly Page[],
  evaluation: Evaluation,
  blank: readonly Place[],
  findings: readonly JudgedFinding[],
): Map<string, PageState> {
  const blankPaths = new Set(evaluation.blank.map((each) => pathOf(each.place)));
  const owed = new Set(blank.map(pathOf));
  const byPath = groupBy(findings, ({ finding }) => pathOf(finding.place));
  return new Map(
    pages.map((page) => {
      const state = { answered: 0, blank: 0, errors: 0, warnings: 0 };
      for (const question of page.groups.flatMap((group) => group.questions)) {
        const place = { member: page.member, question: question.id };
        const path = pathOf(place);
        if (!isOffered(question.id) || !isRelevant(evaluation, place)) continue;
        if (!blankPaths.has(path)) state.answered++;
        else if (owed.has(path)) state.blank++;
        for (const { finding, confirmed } of byPath.get(path) ?? []) {
          if (finding.severity === 'error') state.errors++;
          else if (!confirmed) state.warnings++;
        }
      }
      return [page.id, state];
    }),
  );
}

function total(states: ReadonlyMap<string, PageState>): PageState {
  const sum = { answered: 0, blank: 0, errors: 0, warnings: 0 };
  for (const state of states.values()) {
    sum.answered += state.answered;
    sum.blank += state.blank;
    sum.errors += state.errors;
    sum.warnings += state.warnings;
  }
  return sum;
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
