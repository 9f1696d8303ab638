import { placeOf, type Place, type Value } from '@rukun/core/household';
import { LIMITS, type HistoryEntry } from '@rukun/core/protocol';
import { splitSum, type Answer, type Question } from '@rukun/core/questionnaire';
import type { RefusedEdit } from '@rukun/core/sync';
import { clean } from '../../../components/entry-field/entry.ts';
import { answerWords } from '../../../components/question/answer-words.ts';
import { t, tx } from '../../../i18n/translate.ts';
import { answerAt, type FormModel } from '../form-model.ts';
import { entityWords } from '../history/entity-words.ts';
import { nameOf } from '../roster-page.ts';
import { refusedThings, type RefusedThing } from './refused-things.ts';
import { tn } from './refused-words.ts';

/** One thing the centre did not take, in words. */
export interface RefusedRow {
  /** `303. Jenis lantai`, `Catatan`. */
  readonly title: string;
  /** The member, or where a remark stood; or ''. */
  readonly about: string;
  readonly words: string;
  /** What the form holds there now; null where that says nothing. */
  readonly now: string | null;
  readonly why: string;
  /** Device time. */
  readonly at: number;
  /** Where it would be written again: the path of a question, or a page. */
  readonly target: { readonly path: string } | { readonly page: string };
  /** What may be offered in the field of the question; null: nothing. */
  readonly offer: Answer | null;
  /** A text of the person's own words, worth copying; or ''. */
  readonly text: string;
}

/** What the centre did not take, in words; the newest first. */
export function refusedRows(edits: readonly RefusedEdit[], model: FormModel): RefusedRow[] {
  return refusedThings(edits).map((thing) => {
    const [edit] = thing.edits;
    const place = thing.name === edit.path ? placeOf(edit.path) : null;
    const question = place && questionAt(model, place.question);
    return place && question
      ? answerRow(edit, place, question, edits, model)
      : entityRow(thing, edits, model);
  });
}

function answerRow(
  edit: RefusedEdit,
  place: Place,
  question: Question,
  edits: readonly RefusedEdit[],
  model: FormModel,
): RefusedRow {
  const value = plain(edit.value);
  const isPresent = place.member === null || model.members.some(({ id }) => id === place.member);
  const current = answerAt(model.snapshot, place);
  const isText = question.kind === 'text' && typeof value === 'string';
  return {
    title: titleOf(question),
    about: place.member === null ? '' : memberName(place.member, edits, model),
    words: answerWords(question, value),
    now: !isPresent
      ? tn('now-gone')
      : current === value
        ? tn('now-same')
        : current === null
          ? tn('now-blank')
          : answerWords(question, current),
    why: whyOf(edit),
    at: edit.at,
    target: isPresent ? { path: edit.path } : { page: 'roster' },
    offer: isPresent && current !== value ? offerOf(question, value) : null,
    text: isText ? value : '',
  };
}

function entityRow({ edits: own }: RefusedThing, all: readonly RefusedEdit[], model: FormModel): RefusedRow {
  const entries = own.map(entryOf);
  const said = entries.map((entry) => entityWords(entry, entries)).find((words) => words !== null);
  const [edit] = own;
  const [kind] = edit.path.split('/');
  const member = kind === 'member' ? (edit.path.split('/')[1] ?? '') : null;
  const worst = own.find(({ value }) => isTooLong(value)) ?? edit;
  const place = own.find(({ path }) => path.endsWith('/place'))?.value;
  const text = own.find(({ path }) => path.endsWith('/text'))?.value;
  const isRemark = kind === 'remark';
  return {
    title: said?.title ?? tn('other-title'),
    about: isRemark ? remarkPlace(place, model) : member === null ? '' : memberName(member, all, model),
    words: said?.words ?? entries.map(({ path, value }) => `${path}: ${value ?? '–'}`).join(', '),
    now: null,
    why: whyOf(worst),
    at: edit.at,
    target: isRemark && isAsked(place, model) ? { path: place } : { page: PAGES[kind ?? ''] ?? 'I' },
    offer: null,
    text: isRemark && typeof text === 'string' ? text : '',
  };
}

/** The pages on which what is no answer is written. */
const PAGES: Readonly<Record<string, string>> = { fix: 'GEO', member: 'roster', event: 'submit' };

/** As the history has it; a value that was taken back stands where something stood before. */
function entryOf({ path, value, standing, at }: RefusedEdit): HistoryEntry {
  const before = plain(standing) ?? (value === null ? '' : null);
  return { path, value: plain(value), before, by: '', device: '', at, receivedAt: at, commit: 0 };
}

function whyOf({ code, value }: RefusedEdit): string {
  if (code === 'forbidden') return tn('why-forbidden');
  if (code === 'locked') return tn('why-locked');
  if (isTooLong(value)) return tn('why-too-long', { count: String(value).length, max: LIMITS.valueLength });
  if (code === 'too-large') return tn('why-too-large');
  return code === 'bad-content' ? tn('why-unknown') : t(`error.${code}`);
}

function isTooLong(value: unknown): boolean {
  return typeof value === 'string' && value.length > LIMITS.valueLength;
}

/** What a person could have typed into the field of this question; texts that are too long for it are cut. */
function offerOf(question: Question, value: Value): Answer | null {
  if (value === null || typeof value === 'boolean' || value === '') return null;
  switch (question.kind) {
    case 'code':
      return question.options.some(({ code }) => code === value) ? value : null;
    case 'multicode':
      return splitSum(question, value) ? value : null;
    case 'integer':
      return typeof value === 'number' ? value : null;
    case 'gps':
    case 'photo':
      return null;
    case 'text':
      return typeof value === 'string' ? clean(question, value) : null;
    case 'date':
    case 'period':
    case 'nik':
    case 'kk':
    case 'phone':
    default:
      return typeof value === 'string' ? value : null;
  }
}

function remarkPlace(place: unknown, model: FormModel): string {
  const at = typeof place === 'string' ? placeOf(place) : null;
  const question = at && questionAt(model, at.question);
  return question ? tn('on-question', { question: titleOf(question) }) : tn('on-record');
}

/** Whether a remark's place is a question of somebody who is still in the form. */
function isAsked(place: unknown, model: FormModel): place is string {
  const at = typeof place === 'string' ? placeOf(place) : null;
  if (!at || !questionAt(model, at.question)) return false;
  return at.member === null || model.members.some(({ id }) => id === at.member);
}

function memberName(id: string, edits: readonly RefusedEdit[], model: FormModel): string {
  const member = model.snapshot.members.find((each) => each.id === id);
  if (member) return nameOf(member);
  const given = edits.findLast(({ path }) => path === `member/${id}/402`)?.value;
  return typeof given === 'string' && given !== '' ? given : tn('gone-member');
}

function titleOf(question: Question): string {
  return `${question.id}. ${tx(question.label)}`;
}

function questionAt(model: FormModel, id: string): Question | undefined {
  return model.form.blocks.flatMap(({ questions }) => questions).find((each) => each.id === id);
}

/** Anything else than a plain value cannot have been written by this app: shown as it is. */
function plain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value);
}
