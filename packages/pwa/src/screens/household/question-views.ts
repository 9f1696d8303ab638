import type { OpenHousehold, Presence, Session } from '../../app/app.ts';
import { groupOfQuestion, offers } from '@rukun/core/access';
import type { Role } from '@rukun/core/foundation';
import { pathOf, type Place } from '@rukun/core/household';
import {
  isRelevant,
  limitsOf,
  type Answer,
  type EnumerationSettings,
  type Page,
  type PageGroup,
  type Question,
} from '@rukun/core/questionnaire';
import { answerWords } from '../../components/question/answer-words.ts';
import type { QuestionView, Suggestion } from '../../components/question/question-view.ts';
import { isOffered } from '../../live/judgement.ts';
import { answerAt, type FormModel } from './form-model.ts';
import { suggestionFor } from './suggestions.ts';

export interface GroupView {
  readonly group: PageGroup;
  readonly views: readonly QuestionView[];
}

/** What the views are made for. */
export interface ViewContext {
  readonly open: OpenHousehold;
  readonly present: readonly Presence[];
  readonly session: Session;
  readonly settings: EnumerationSettings;
  readonly mayWrite: boolean;
  /** What was asked to be at hand, by path; it goes before what the app suggests. */
  readonly offered: ReadonlyMap<string, Answer>;
}

type Known = Map<string, { readonly view: QuestionView; readonly signature: string }>;

/** Makes the views of one page. A view in which nothing changed stays the same object, so that its question rests. */
export class QuestionViews {
  #known: Known = new Map();

  /** The questions of a page that are asked now, in their groups; groups without any are left out. */
  of(page: Page, model: FormModel, context: ViewContext): GroupView[] {
    const before = this.#known;
    this.#known = new Map();
    return page.groups
      .map((group) => ({
        group,
        views: group.questions
          .filter((question) => isShown(question, page, model))
          .map((question) => this.#view(question, page, model, context, before)),
      }))
      .filter((each) => each.views.length > 0);
  }

  #view(question: Question, page: Page, model: FormModel, context: ViewContext, before: Known): QuestionView {
    const place: Place = { member: page.member, question: question.id };
    const path = pathOf(place);
    const role = context.session.me.get()?.person.role;
    const view: QuestionView = {
      place,
      path,
      question,
      value: answerAt(model.snapshot, place),
      required: question.required || (question.id === '601' && isResultOpen(model)),
      limits: limitsIn(question, context.settings),
      readOnly: !context.mayWrite || !mayFill(role, question.id, model),
      findings: model.findingsByPath.get(path) ?? [],
      remarks: model.remarksByPath.get(path) ?? [],
      standing: model.standing.includes(path) ? context.open.household.standing(place) : [],
      present: context.present.filter((each) => each.place !== null && pathOf(each.place) === path),
      suggestion: context.mayWrite
        ? (offerAt(place, question, model, context) ?? suggestionFor(place, model, context.session))
        : null,
    };
    const signature = JSON.stringify([
      view.value,
      view.required,
      view.limits,
      view.readOnly,
      view.findings,
      view.remarks,
      view.standing,
      view.present,
      view.suggestion,
    ]);
    const known = before.get(path);
    const kept = known?.signature === signature ? known.view : view;
    this.#known.set(path, { view: kept, signature });
    return kept;
  }
}

/** Whether this person fills this question in at all: some are the supervisor's. */
function mayFill(role: Role | undefined, question: string, { state }: FormModel): boolean {
  return role !== undefined && offers(role, groupOfQuestion(question), state);
}

/** What was asked to be at hand here, while it is not the answer. */
function offerAt(
  place: Place,
  question: Question,
  model: FormModel,
  { offered }: ViewContext,
): Suggestion | null {
  const value = offered.get(pathOf(place));
  if (value === undefined || value === answerAt(model.snapshot, place)) return null;
  const words = answerWords(question, value);
  return { value, words: words.length > 30 ? `${words.slice(0, 28)}…` : words };
}

function isShown(question: Question, page: Page, model: FormModel): boolean {
  if (!isOffered(question.id) || question.kind === 'gps') return false;
  return isRelevant(model.evaluation, { member: page.member, question: question.id });
}

function limitsIn(question: Question, settings: EnumerationSettings): QuestionView['limits'] {
  if (question.kind !== 'integer') return null;
  const limits = limitsOf(question, settings);
  return limits.max === Number.MAX_SAFE_INTEGER ? null : limits;
}

function isResultOpen(model: FormModel): boolean {
  const result = model.snapshot.answers['205'];
  return typeof result === 'string' && result !== '1';
}
