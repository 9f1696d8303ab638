import { placeOf, type StandingAnswer, type Value } from '@rukun/core/household';
import type { HistoryEntry } from '@rukun/core/protocol';
import type { Form, Question } from '@rukun/core/questionnaire';
import { answerWords } from '../../../components/question/answer-words.ts';
import { tx } from '../../../i18n/translate.ts';
import { entityWords, isEntity } from './entity-words.ts';
import { th } from './history-words.ts';

/** One thing that was written, in words. */
export interface HistoryRow {
  readonly entry: HistoryEntry;
  /** What rows are filtered by: a question's number, or the kind of what is no question. */
  readonly subject: string;
  /** That in words: `303. Jenis lantai`, `Catatan`. */
  readonly title: string;
  /** Member id; null for the family. */
  readonly member: string | null;
  readonly words: string;
  /** What stood there before, in words; null where that says nothing. */
  readonly before: string | null;
  readonly mark: 'current' | 'standing' | null;
}

/** What rows are made with. */
export interface RowContext {
  readonly form: Form;
  /** Answers standing side by side at a path, the current one first; empty if none. */
  standing(path: string): readonly StandingAnswer[];
}

/** The history in words, newest first by the clock of whoever wrote it. What says nothing to people is left out. */
export function historyRows(entries: readonly HistoryEntry[], context: RowContext): HistoryRow[] {
  const questions = new Map(
    context.form.blocks.flatMap((block) => block.questions).map((question) => [question.id, question]),
  );
  const marks = marksOf(entries, context);
  const rows = entries.flatMap((entry) => {
    const said = isEntity(entry, questions) ? entityWords(entry, entries) : answerOf(entry, questions);
    return said === null ? [] : [{ ...said, entry, mark: marks.get(entry) ?? null }];
  });
  return rows
    .map((row, place) => ({ row, place }))
    .sort((a, b) => b.row.entry.at - a.row.entry.at || b.place - a.place)
    .map(({ row }) => row);
}

function answerOf(
  { path, value, before }: HistoryEntry,
  questions: ReadonlyMap<string, Question>,
): Omit<HistoryRow, 'entry' | 'mark'> | null {
  const place = placeOf(path);
  const question = place ? questions.get(place.question) : undefined;
  if (!place || !question) return null;
  return {
    subject: question.id,
    title: `${question.id}. ${tx(question.label)}`,
    member: place.member,
    words: answerWords(question, value),
    before: before === null || before === value ? null : answerWords(question, before),
  };
}

/** Which entry of each question is the answer now, and which stand beside it: the latest that says what the document has. */
function marksOf(
  entries: readonly HistoryEntry[],
  context: RowContext,
): Map<HistoryEntry, 'current' | 'standing'> {
  const marks = new Map<HistoryEntry, 'current' | 'standing'>();
  for (const path of new Set(entries.map((entry) => entry.path))) {
    const here = entries.filter((entry) => entry.path === path);
    for (const answer of context.standing(path)) {
      const entry = here.findLast((each) => !marks.has(each) && isBy(each, answer));
      if (entry) marks.set(entry, answer.isCurrent ? 'current' : 'standing');
    }
  }
  return marks;
}

function isBy(entry: HistoryEntry, { value, by }: { value: Value; by: string }): boolean {
  return entry.value === value && (by === '' || entry.by === by);
}

/** Rows of one commit of one day, the newest first; `th`-words are not part of it. */
export interface HistoryMoment {
  readonly commit: number;
  readonly by: string;
  /** Device time of the newest of them. */
  readonly at: number;
  readonly receivedAt: number;
  readonly rows: readonly HistoryRow[];
}

/** Rows as they came to the centre together, under the days they were written on; both newest first. */
export function historyDays(
  rows: readonly HistoryRow[],
): { readonly day: string; readonly at: number; readonly moments: readonly HistoryMoment[] }[] {
  const days = new Map<string, Map<number, HistoryRow[]>>();
  for (const row of rows) {
    const day = dayOf(row.entry.at);
    const moments = days.get(day) ?? new Map<number, HistoryRow[]>();
    days.set(day, moments);
    const known = moments.get(row.entry.commit);
    if (known) known.push(row);
    else moments.set(row.entry.commit, [row]);
  }
  return [...days].map(([day, byCommit]) => {
    const moments = [...byCommit].flatMap(([commit, together]): HistoryMoment[] => {
      const [first] = together;
      if (!first) return [];
      const { by, at, receivedAt } = first.entry;
      return [{ commit, by, at, receivedAt, rows: together }];
    });
    return { day, at: moments[0]?.at ?? 0, moments };
  });
}

/** The day on this device's calendar. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** The name of whoever wrote: a person's, or the centre's where the relay or an import did. */
export function authorOf(by: string, nameOf: (person: string) => string, unknown: string): string {
  return by === '' ? th('centre') : nameOf(by) || unknown;
}
