import {
  Household,
  stateOf,
  type HouseholdSnapshot,
  type Place,
  type Value as Answer,
} from '@rukun/core/household';
import { Computed, type ErrorCode, Value } from '@rukun/core/foundation';
import type { DocumentName, Me } from '@rukun/core/protocol';
import { regsosek22K } from '@rukun/core/questionnaire';
import type { RefusedEdit } from '@rukun/core/sync';
import { applyUpdate, Doc, encodeStateAsUpdate, type Map as YMap } from 'yjs';
import type {
  OpenHousehold,
  Presence,
  SaveState,
  Ticks,
  UnstoredEdit,
} from '../../../packages/pwa/src/app/app.ts';
import { evaluateSnapshot } from '../../../packages/pwa/src/live/family-content.ts';
import { UndoSteps } from '../../../packages/pwa/src/live/undo.ts';
import { offers } from '@rukun/core/access';
import { settingsAround } from '../../support/household-builder.ts';

/** A household in memory: the real document, handle and evaluation; saving, ticks and presence are set by the test. */
export class MemoryHousehold implements OpenHousehold {
  readonly document: DocumentName;
  #strangers = 76;
  #copy: { readonly doc: Doc; readonly household: Household };
  readonly #me: Me;
  readonly snapshot: Computed<HouseholdSnapshot>;
  readonly evaluation;
  readonly mayWrite: Computed<boolean>;
  readonly save = new Value<SaveState>({ state: 'stored' });
  readonly ticks = new Value<Ticks>({ device: true, relay: false, supervisor: false, refused: null });
  readonly refused = new Value<readonly RefusedEdit[]>([]);
  readonly keptBack = new Value<ErrorCode | null>(null);
  readonly live = new Value<'offline' | 'connecting' | 'live'>('offline');
  readonly present = new Value<readonly Presence[]>([]);
  readonly places: (Place | null)[] = [];
  /** Putting refused edits away fails while it is set. */
  isBroken = false;
  #steps: UndoSteps | null = null;
  #counter = 0;
  #at = Date.UTC(2026, 10, 22, 3, 0);

  constructor(document: DocumentName, me: Me) {
    this.document = document;
    this.#me = me;
    const settings = settingsAround();
    this.snapshot = new Computed(() => this.household.snapshot());
    this.evaluation = new Computed(() => evaluateSnapshot(regsosek22K, this.snapshot.get(), settings));
    this.mayWrite = new Computed(() =>
      offers(me.person.role, 'answers', stateOf(this.snapshot.get().events, true)),
    );
    this.#copy = this.#copyOf(null);
  }

  get doc(): Doc {
    return this.#copy.doc;
  }

  get household(): Household {
    return this.#copy.household;
  }

  get canUndo(): UndoSteps['can'] {
    return this.#undo.can;
  }

  /** The sitting begins when a screen opens the household: what the test wrote before is nobody's step. */
  get #undo(): UndoSteps {
    return (this.#steps ??= new UndoSteps(this.doc));
  }

  at(place: Place | null): void {
    this.places.push(place);
  }

  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  putAwayRefused(): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('the store fails'));
    this.#setRefused([]);
    return Promise.resolve();
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  unstored(): readonly UnstoredEdit[] {
    return [];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What the centre did not take: it is listed, and the document is without it. */
  refuse(...edits: readonly Omit<RefusedEdit, 'document'>[]): void {
    this.#setRefused(edits.map((edit) => ({ ...edit, document: this.document })));
  }

  /** The centre takes nothing of this family. */
  keepBack(code: ErrorCode): void {
    this.keptBack.set(code);
    this.ticks.set({ ...this.ticks.get(), relay: false, refused: code });
  }

  /** What a rebuild after a refusal does: another copy takes the place of this one, and nothing written into it counts. */
  rebuild(): void {
    const past = this.doc;
    this.#copy = this.#copyOf(past);
    past.destroy();
  }

  /** What the relay does when two answered without having seen each other: the losing one stands beside the current. */
  standBeside(place: Place, value: Answer, by: string): void {
    const root = place.member === null ? 'answers' : `member/${place.member}`;
    const relay = new Doc({ gc: false });
    // A low client id, and nothing in view: what stands there already stays the current one.
    relay.clientID = ++this.#strangers;
    relay.getMap(root).set(place.question, value);
    relay
      .getMap(`other/${root}/${place.question}`)
      .set(`${relay.clientID}-0`, { value, by, at: Date.UTC(2026, 10, 21, 9, 15) });
    applyUpdate(this.doc, encodeStateAsUpdate(relay), 'relay');
    relay.destroy();
  }

  /** What another person writes at the same time. */
  answerFromElsewhere(place: Place, value: Answer): void {
    const other = new Doc({ gc: false });
    applyUpdate(other, encodeStateAsUpdate(this.doc));
    const map: YMap<unknown> = other.getMap(place.member === null ? 'answers' : `member/${place.member}`);
    map.set(place.question, value);
    applyUpdate(this.doc, encodeStateAsUpdate(other), 'relay');
    other.destroy();
  }

  #setRefused(edits: readonly RefusedEdit[]): void {
    this.refused.set(edits);
    this.ticks.set({ ...this.ticks.get(), refused: edits[0]?.code ?? this.keptBack.get() });
  }

  #copyOf(past: Doc | null): { readonly doc: Doc; readonly household: Household } {
    const doc = new Doc({ gc: false });
    if (past) applyUpdate(doc, encodeStateAsUpdate(past));
    const { person, device } = this.#me;
    const household = new Household(doc, {
      person: person.id,
      now: () => (this.#at += 60_000),
      nextId: () => `${device.tag}${++this.#counter}`,
    });
    doc.on('update', () => {
      for (const each of [this.snapshot, this.evaluation, this.mayWrite]) each.spoil();
      for (const each of [this.snapshot, this.evaluation, this.mayWrite]) each.tell();
    });
    return { doc, household };
  }
}
