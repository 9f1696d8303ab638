import type { Doc, Transaction } from 'yjs';
import type { InstantMs } from '../foundation/index.ts';
import { orderBetween } from './order.ts';
import { chooseValue, standingAnswers, type StandingAnswer } from './others.ts';
import { HOUSEHOLD_SCHEMA, LOCAL, MEMBER_FIELDS, ROOTS, rootMap, type Value } from './schema.ts';
import { readSnapshot, type HouseholdSnapshot } from './snapshot.ts';
import type { EventType } from './status.ts';

/** Who is writing, and where ids come from. */
export interface Writer {
  /** Person id. */
  readonly person: string;
  /** Device time. */
  now(): InstantMs;
  /** The next `device tag + counter` of this document; stored before it is returned, never twice. */
  nextId(): string;
}

/** A family answer, or the answer of one member. */
export interface Place {
  readonly member: string | null;
  readonly question: string;
}

/** What a new household starts with. */
export interface NewHousehold {
  readonly form: string;
  readonly area: string;
  readonly origin: 'prelist' | 'added';
  readonly prelistHead?: string;
  readonly prelistNumber?: number;
  readonly answers: Readonly<Record<string, Value>>;
}

/** `answers` or `member/<id>`. */
export function rootOf(place: Place): string {
  return place.member === null ? ROOTS.answers : ROOTS.member + place.member;
}

/** `answers/303` or `member/k3f1/403`: how remarks, refusals and history name a place. */
export function pathOf(place: Place): string {
  return `${rootOf(place)}/${place.question}`;
}

/** The place a path names, or null if it names something else. */
export function placeOf(path: string): Place | null {
  const parts = path.split('/');
  if (parts.length === 2 && parts[0] === 'answers' && parts[1]) return { member: null, question: parts[1] };
  if (parts.length === 3 && parts[0] === 'member' && parts[1] && parts[2])
    return { member: parts[1], question: parts[2] };
  return null;
}

/** A household document in memory: one family, one REGSOSEK22-K form. Every method that writes is one transaction. */
export class Household {
  readonly doc: Doc;
  readonly #writer: Writer;

  constructor(doc: Doc, writer: Writer) {
    this.doc = doc;
    this.#writer = writer;
  }

  /** Writes what a new document starts with. Nothing is seeded beyond it: an absent key is the default. */
  static create(doc: Doc, start: NewHousehold): void {
    doc.transact(() => {
      const head = rootMap(doc, ROOTS.household);
      head.set('schema', HOUSEHOLD_SCHEMA);
      head.set('form', start.form);
      head.set('area', start.area);
      head.set('origin', start.origin);
      if (start.prelistHead !== undefined) head.set('prelistHead', start.prelistHead);
      if (start.prelistNumber !== undefined) head.set('prelistNumber', start.prelistNumber);
      const answers = rootMap(doc, ROOTS.answers);
      for (const [question, value] of Object.entries(start.answers)) answers.set(question, value);
    }, LOCAL);
  }

  /** The whole document as plain data; a fresh object each time. */
  snapshot(): HouseholdSnapshot {
    return readSnapshot(this.doc);
  }

  /**
   * Writes one answer; `null` clears it. Settles the other answers that stood beside it, since they are in view. Writing the
   * value that is there already writes nothing, unless others are in view.
   */
  answer(place: Place, value: Value): void {
    const root = rootOf(place);
    const map = rootMap(this.doc, root);
    const isSame = (map.get(place.question) ?? null) === value;
    if (isSame && this.standing(place).length === 0) return;
    this.#write((transaction) => {
      chooseValue(transaction, { root, key: place.question }, value);
    });
  }

  /** Answers that stand side by side for this question, the current one first; empty if there is no disagreement. */
  standing(place: Place): StandingAnswer[] {
    return standingAnswers(this.doc, rootOf(place), place.question, this.#writer.person);
  }

  /** Adds a member after the last one and returns the id. */
  addMember(): string {
    const id = this.#writer.nextId();
    const last = this.snapshot().members.at(-1)?.order ?? '';
    this.#write(() => rootMap(this.doc, ROOTS.member + id).set(MEMBER_FIELDS.order, orderBetween(last, '')));
    return id;
  }

  /** Takes a member out of the family; the answers stay and come back with {@link restoreMember}. */
  removeMember(id: string, reason: string): void {
    this.answer({ member: id, question: MEMBER_FIELDS.removed }, reason);
  }

  /** Undoes a removal. */
  restoreMember(id: string): void {
    this.answer({ member: id, question: MEMBER_FIELDS.removed }, null);
  }

  /** Moves a member to stand after `afterId` (null: to the front). */
  moveMember(id: string, afterId: string | null): void {
    const others = this.snapshot().members.filter((member) => member.id !== id);
    const at = afterId === null ? 0 : others.findIndex((member) => member.id === afterId) + 1;
    const order = orderBetween(others[at - 1]?.order ?? '', others[at]?.order ?? '');
    this.#write(() => rootMap(this.doc, ROOTS.member + id).set(MEMBER_FIELDS.order, order));
  }

  /** Writes a remark on a place (path) or on the whole record (''); `rule` names the finding it justifies. Returns its id. */
  addRemark(place: string, text: string, rule = ''): string {
    return this.#addEntity(ROOTS.remark, { place, text, rule });
  }

  /** Marks a remark as dealt with, or open again. */
  resolveRemark(id: string, resolved: boolean): void {
    this.#write(() => rootMap(this.doc, ROOTS.remark + id).set('resolved', resolved));
  }

  /** Writes a status event. Whether it fits the state is the caller's question; one that does not changes nothing. */
  addEvent(type: EventType, reason = ''): string {
    const turn = 1 + Math.max(0, ...this.snapshot().events.map((event) => event.turn));
    return this.#addEntity(ROOTS.event, { type, turn, reason });
  }

  /** Keeps one position; the best of all kept ones counts. Coordinates in degrees, accuracy in metres. */
  addFix(fix: {
    latitude: number;
    longitude: number;
    accuracyMetres: number;
    readings: number;
    manual: boolean;
    reason: string;
  }): string {
    const { latitude, longitude, accuracyMetres, readings, manual, reason } = fix;
    return this.#addEntity(ROOTS.fix, {
      latitude,
      longitude,
      accuracy: accuracyMetres,
      readings,
      manual,
      reason,
    });
  }

  /** Says that a position is not that of the dwelling, or that it is after all. It stays in the document. */
  dropFix(id: string, dropped: boolean): void {
    this.#write(() => rootMap(this.doc, ROOTS.fix + id).set('dropped', dropped));
  }

  #addEntity(prefix: string, fields: Record<string, Value>): string {
    const id = this.#writer.nextId();
    this.#write(() => {
      const map = rootMap(this.doc, prefix + id);
      map.set('by', this.#writer.person);
      map.set('at', this.#writer.now());
      for (const [key, value] of Object.entries(fields)) map.set(key, value);
    });
    return id;
  }

  #write(change: (transaction: Transaction) => void): void {
    this.doc.transact(change, LOCAL);
  }
}
