import type { Doc } from 'yjs';
import { Household, type StandingAnswer } from '@rukun/core/household';

/** The answers standing side by side for a family question of any copy. */
export function standingAnswersOf(doc: Doc, question: string): StandingAnswer[] {
  const reader = new Household(doc, {
    person: '',
    now: () => 0,
    nextId: () => {
      throw new Error('a reader makes no ids');
    },
  });
  return reader.standing({ member: null, question });
}
