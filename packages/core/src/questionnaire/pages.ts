import type { Form, MemberAnswers, Place, Question, Text } from './definition.ts';
import { isRelevant, type Evaluation } from './evaluate.ts';

export interface PageGroup {
  /** The part of block IV, or the block. */
  readonly id: string;
  readonly title: Text;
  /** In the order of the paper; whether each is asked is for the evaluation to say. */
  readonly questions: readonly Question[];
}

/** One screen of the walk through a form. */
export interface Page {
  /** 'I', 'GEO', 'II', 'III', 'roster', 'member/<id>', 'V', 'VI'. */
  readonly id: string;
  readonly kind: 'block' | 'roster' | 'member';
  readonly title: Text;
  /** The member a member page is about. */
  readonly member: string | null;
  /** Empty on the roster, which lists the members. */
  readonly groups: readonly PageGroup[];
}

function memberPage(form: Form, questions: readonly Question[], member: string, index: number): Page {
  return {
    id: `member/${member}`,
    kind: 'member',
    title: { id: `Anggota keluarga ${index + 1}`, en: `Family member ${index + 1}` },
    member,
    groups: form.parts.map(({ id, title }) => ({
      id,
      title,
      questions: questions.filter((question) => question.part === id),
    })),
  };
}

/** The pages of a form in the order of the paper: I, GEO, II, III, the roster, each member, V, VI. */
export function pagesOf(form: Form, members: readonly Pick<MemberAnswers, 'id'>[]): readonly Page[] {
  return form.blocks.flatMap((block): Page[] => {
    const { id, title, questions } = block;
    if (id !== 'IV') {
      return [{ id, kind: 'block', title, member: null, groups: [{ id, title, questions }] }];
    }
    return [
      { id: 'roster', kind: 'roster', title, member: null, groups: [] },
      ...members.map((member, index) => memberPage(form, questions, member.id, index)),
    ];
  });
}

/** Which questions a walk stops at; by default all. */
export type StopAt = (question: Question) => boolean;

function stops(
  pages: readonly Page[],
  evaluation: Evaluation,
  stopAt: StopAt,
  here: Place,
): readonly Place[] {
  return pages.flatMap((page) =>
    page.groups.flatMap((group) =>
      group.questions.flatMap((question): Place[] => {
        const place: Place = { member: page.member, question: question.id };
        const isHere = place.member === here.member && place.question === here.question;
        return isHere || (isRelevant(evaluation, place) && stopAt(question)) ? [place] : [];
      }),
    ),
  );
}

function neighbour(
  pages: readonly Page[],
  evaluation: Evaluation,
  here: Place,
  step: 1 | -1,
  stopAt: StopAt,
): Place | null {
  const places = stops(pages, evaluation, stopAt, here);
  const at = places.findIndex((place) => place.member === here.member && place.question === here.question);
  return at < 0 ? null : (places[at + step] ?? null);
}

/** The next asked question after a place (which itself need not be asked any more); null at the end. */
export function nextPlace(
  pages: readonly Page[],
  evaluation: Evaluation,
  here: Place,
  stopAt: StopAt = () => true,
): Place | null {
  return neighbour(pages, evaluation, here, 1, stopAt);
}

/** The asked question before a place; null at the beginning. */
export function previousPlace(
  pages: readonly Page[],
  evaluation: Evaluation,
  here: Place,
  stopAt: StopAt = () => true,
): Place | null {
  return neighbour(pages, evaluation, here, -1, stopAt);
}

/** The page a place stands on. */
export function pageOf(pages: readonly Page[], place: Place): Page | undefined {
  return pages.find(
    (page) =>
      page.member === place.member &&
      page.groups.some((group) => group.questions.some((question) => question.id === place.question)),
  );
}
