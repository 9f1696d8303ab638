import { Value, type ErrorCode } from '@rukun/core/foundation';
import { Household, type HouseholdSnapshot } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import type { EnumerationSettings, Evaluation, Form } from '@rukun/core/questionnaire';
import type { RefusedEdit } from '@rukun/core/sync';
import { Doc } from 'yjs';
import { evaluateSnapshot } from '../live/family-content.ts';
import type { OpenHousehold, Presence, SaveState, Ticks, UnstoredEdit } from './app.ts';

/** A document that takes updates to be built from, and no transaction of anybody's own. */
export class PastDoc extends Doc {
  override transact(): never {
    return refuse();
  }
}

/**
 * A household as it stood at an earlier moment: it can be looked at like an open one, never changes, and nothing of it is
 * stored or sent. Writing to it is a bug and throws.
 */
export class PastHousehold implements OpenHousehold {
  readonly document: DocumentName;
  readonly household: Household;
  readonly snapshot: Value<HouseholdSnapshot>;
  readonly evaluation: Value<Evaluation>;
  readonly save = new Value<SaveState>({ state: 'stored' });
  readonly ticks = new Value<Ticks>({ device: false, relay: true, supervisor: false, refused: null });
  readonly live = new Value<'offline' | 'connecting' | 'live'>('offline');
  readonly refused = new Value<readonly RefusedEdit[]>([]);
  readonly keptBack = new Value<ErrorCode | null>(null);
  readonly present = new Value<readonly Presence[]>([]);
  readonly canUndo = new Value({ undo: false, redo: false });
  readonly mayWrite = new Value(false);
  readonly #doc: PastDoc;

  constructor(document: DocumentName, doc: PastDoc, form: Form, settings: EnumerationSettings) {
    this.document = document;
    this.#doc = doc;
    this.household = new Household(doc, { person: '', now: refuse, nextId: refuse });
    this.snapshot = new Value(this.household.snapshot());
    this.evaluation = new Value(evaluateSnapshot(form, this.snapshot.get(), settings));
  }

  at(): void {
    // Nobody is told: this person is not here, but in the past.
  }

  undo(): void {
    refuse();
  }

  redo(): void {
    refuse();
  }

  putAwayRefused(): Promise<void> {
    return refuse();
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  unstored(): readonly UnstoredEdit[] {
    return [];
  }

  close(): Promise<void> {
    this.#doc.destroy();
    return Promise.resolve();
  }
}

function refuse(): never {
  throw new Error('the past cannot be written to');
}
