import type { Session } from '../../app/app.ts';
import {
  completedYearsRange,
  parseLocalDate,
  parsePartialDate,
  type PartialDate,
} from '@rukun/core/foundation';
import type { Place } from '@rukun/core/household';
import { birthDateOfNik, type Answer } from '@rukun/core/questionnaire';
import { shownFor } from '../../components/entry-field/entry.ts';
import type { Suggestion } from '../../components/question/question-view.ts';
import { today } from '../../components/today.ts';
import { answerAt, type FormModel } from './form-model.ts';

type Suggest = (place: Place, model: FormModel, session: Session) => Answer | null;

/** Members who belong to the family: 404 code 1 or 5, or not answered yet. */
const PRESENT: readonly unknown[] = ['1', '5', null];

/**
 * What the app already knows and an officer would only copy. Offered, never written by itself: an answer is somebody's
 * word.
 */
const SUGGESTIONS: Readonly<Record<string, Suggest>> = {
  '108': (_place, model) => model.snapshot.prelistHead,
  '112': (_place, model) => {
    const count = model.members.filter((each) => PRESENT.includes(each.answers['404'] ?? null)).length;
    return count > 0 ? count : null;
  },
  '201': () => today(),
  '202': (_place, _model, session) => ownName(session, 'officer'),
  '202k': (_place, _model, session) => ownCode(session, 'officer'),
  '203': (_place, _model, session) => (ownName(session, 'supervisor') === null ? null : today()),
  '204': (_place, model, session) => supervisorOf(model, session)?.name ?? null,
  '204k': (_place, model, session) => supervisorOf(model, session)?.code ?? null,
  '402': (place, model) => (model.members[0]?.id === place.member ? headName(model) : null),
  '406': (place, model) => {
    const nik = answerAt(model.snapshot, { ...place, question: '403' });
    const day = parseLocalDate(today());
    return typeof nik === 'string' && day !== null ? birthDateOfNik(nik, day) : null;
  },
  '407': (place, model) => ageOf(answerAt(model.snapshot, { ...place, question: '406' }), model),
};

/** What may be taken over at a place with one tap, or null. */
export function suggestionFor(place: Place, model: FormModel, session: Session): Suggestion | null {
  const suggest = SUGGESTIONS[place.question];
  if (!suggest || answerAt(model.snapshot, place) !== null) return null;
  const value = suggest(place, model, session);
  const question = model.form.blocks
    .flatMap((block) => block.questions)
    .find((each) => each.id === place.question);
  if (value === null || value === '' || !question) return null;
  return { value, words: shownFor(question, value) };
}

function headName(model: FormModel): string | null {
  const name = model.snapshot.answers['108'];
  return typeof name === 'string' ? name : model.snapshot.prelistHead;
}

function ownName(session: Session, role: 'officer' | 'supervisor'): string | null {
  const person = session.me.get()?.person;
  return person?.role === role ? person.name : null;
}

function ownCode(session: Session, role: 'officer'): string | null {
  const person = session.me.get()?.person;
  return person?.role === role ? person.code : null;
}

function supervisorOf(model: FormModel, session: Session) {
  const supervisor = session.areaOf(model.snapshot.area)?.supervisor ?? null;
  return supervisor === null ? null : session.personOf(supervisor);
}

function ageOf(birth: Answer | null, model: FormModel): number | null {
  const enumerated = model.snapshot.answers['201'];
  const day = parseLocalDate(typeof enumerated === 'string' ? enumerated : today());
  const born: PartialDate | null = typeof birth === 'string' ? parsePartialDate(birth) : null;
  if (born === null || day === null) return null;
  const { min, max } = completedYearsRange(born, day);
  return min === max && min >= 0 ? Math.min(min, 98) : null;
}
