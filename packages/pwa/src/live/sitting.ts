import { offers } from '@rukun/core/access';
import { type Clock, Computed, type ErrorCode, type Random, Value } from '@rukun/core/foundation';
import { isSeen, type Household, type HouseholdSnapshot, type Place } from '@rukun/core/household';
import type { DocumentName, Me, PersonInfo } from '@rukun/core/protocol';
import type { EnumerationSettings, Evaluation, Form } from '@rukun/core/questionnaire';
import { OpenDocument, type OpenParts, type RefusedEdit, type SaveState } from '@rukun/core/sync';
import type { OpenHousehold, Presence, Ticks, UnstoredEdit } from '../app/app.ts';
import type { Frames } from '../platform/frames.ts';
import { Catalogue } from '../stores/catalogue.ts';
import { IdNumbers } from '../stores/id-numbers.ts';
import { storeFailure, StoreFailure } from '../stores/store-failure.ts';
import type { Vault } from '../stores/vault.ts';
import { evaluateSnapshot, familyContent, stateOfSnapshot } from './family-content.ts';
import type { LivePorts } from './live-connection.ts';
import { OpenCopy } from './open-copy.ts';
import { RefusedEdits } from './refused-edits.ts';

/** What an open household needs. */
export interface HouseholdParts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly frames: Frames;
  readonly form: Form;
  readonly settings: EnumerationSettings;
  readonly me: Me;
  personOf(person: string): PersonInfo | null;
  /** null: never live (tests, a device without a relay). */
  readonly live: LivePorts | null;
  /** Sends what is unsent of this document, if the link allows. Never rejects. */
  send(document: DocumentName): Promise<void>;
  /** Something was written here that should go up soon. */
  edited(): void;
  /** The relay no longer knows this session. */
  expired(): void;
  /** The household is closed and everything of it stored that could be; `unstored`: edits that could not. */
  closed(household: OpenHousehold, unstored: readonly UnstoredEdit[]): void;
}

/** One household while it is on the screen. */
export class Sitting implements OpenHousehold {
  readonly document: DocumentName;
  readonly snapshot: Computed<HouseholdSnapshot>;
  readonly evaluation: Computed<Evaluation>;
  readonly ticks: Computed<Ticks>;
  readonly mayWrite: Computed<boolean>;
  readonly save = new Value<SaveState>({ state: 'stored' });
  readonly canUndo = new Value<{ readonly undo: boolean; readonly redo: boolean }>({
    undo: false,
    redo: false,
  });
  readonly live = new Value<'offline' | 'connecting' | 'live'>('offline');
  readonly refused: Value<readonly RefusedEdit[]>;
  readonly keptBack = new Value<ErrorCode | null>(null);
  readonly present = new Value<readonly Presence[]>([]);
  readonly #parts: HouseholdParts;
  readonly #numbers: IdNumbers;
  readonly #catalogue: Catalogue;
  readonly #refused: RefusedEdits;
  #copy: OpenCopy;
  #place: Place | null = null;
  #isFrameDue = false;
  #isEntryDue = false;
  #isClosed = false;
  #renewing: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  /** Opens a household; null if nothing of it is on this device. `left`: edits that could not be stored when it was last closed. */
  static async open(
    parts: HouseholdParts,
    document: DocumentName,
    left: readonly UnstoredEdit[],
  ): Promise<Sitting | null> {
    let sitting: Sitting | null = null;
    const numbers = await IdNumbers.reserve(parts.vault.database, document);
    const file = await OpenDocument.open(
      openParts(parts, numbers, () => sitting),
      document,
      left,
    );
    if (!file) return null;
    sitting = new Sitting(parts, file, numbers);
    await sitting.#refused.settled();
    return sitting;
  }

  private constructor(parts: HouseholdParts, file: OpenDocument, numbers: IdNumbers) {
    const { me, form, settings } = parts;
    this.#parts = parts;
    this.#numbers = numbers;
    this.document = file.document;
    this.#catalogue = new Catalogue(parts.vault);
    this.#refused = new RefusedEdits(parts.vault, file.document);
    this.refused = this.#refused.list;
    this.snapshot = new Computed(() => this.household.snapshot());
    this.evaluation = new Computed(() => evaluateSnapshot(form, this.snapshot.get(), settings));
    this.mayWrite = new Computed(() => {
      const snapshot = this.snapshot.get();
      return (
        snapshot.erased?.isWhole !== true && offers(me.person.role, 'answers', stateOfSnapshot(snapshot))
      );
    });
    this.ticks = new Computed(() => this.#readTicks());
    this.#copy = new OpenCopy(file, parts, numbers);
    this.#showCopy();
    this.greet();
  }

  get household(): Household {
    return this.#copy.household;
  }

  /** The officer's third tick: a supervisor who has a submitted family on the screen has seen it. */
  greet(): void {
    const { events } = this.snapshot.get();
    const isSubmitted = stateOfSnapshot(this.snapshot.get()) === 'submitted';
    if (!isSubmitted || isSeen(events) || !offers(this.#parts.me.person.role, 'seen', 'submitted')) return;
    try {
      this.household.addEvent('seen');
    } catch (error) {
      // On a full disk there is no id for it: the family can still be read, and the next opening says it.
      if (!(error instanceof StoreFailure)) throw error;
    }
  }

  at(place: Place | null): void {
    this.#place = place;
    this.#copy.presence?.at(place);
  }

  undo(): void {
    this.#copy.undo.undo();
  }

  redo(): void {
    this.#copy.undo.redo();
  }

  async putAwayRefused(): Promise<void> {
    await this.#refused.forget();
    await this.#copy.file.catchUp();
    this.changedTicks();
    await this.#refused.settled();
  }

  async settled(): Promise<void> {
    while (this.#renewing) await this.#renewing;
    await this.#copy.file.settled();
  }

  unstored(): readonly UnstoredEdit[] {
    return this.#copy.file.unstored();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The document was rebuilt: another copy takes the place of this one, with what was written here meanwhile. */
  renew(): void {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
  }

  /** What is known of the document may have changed. */
  changedTicks(): void {
    const { save, state } = this.#copy.file;
    this.save.set(save);
    this.keptBack.set(state.isKept ? state.refused : null);
    this.#refused.look(state.refused !== null);
    const before = this.ticks.get();
    const now = this.#readTicks();
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    this.ticks.spoil();
    this.ticks.tell();
  }

  /** Another rebuild may come before this one is done. */
  async #renew(): Promise<void> {
    while (this.#copy.file.isPast && !this.#isClosed) if (!(await this.#replaceCopy())) return;
  }

  async #replaceCopy(): Promise<boolean> {
    const past = this.#copy;
    past.goOffline();
    await past.file.settled();
    const left = past.file.unstored();
    const file = await OpenDocument.open(
      openParts(this.#parts, this.#numbers, () => this),
      this.document,
      left,
    ).catch(() => null);
    // The store cannot be read now: what is on the screen stays, and is written anew when this is closed and opened.
    if (file === null) return false;
    this.#copy = new OpenCopy(file, this.#parts, this.#numbers);
    file.adopt(past.file.unstored().slice(left.length));
    past.undo.close();
    past.file.doc.destroy();
    this.#showCopy();
    this.#changed();
    return true;
  }

  #showCopy(): void {
    const copy = this.#copy;
    const isShown = (): boolean => this.#copy === copy;
    copy.file.doc.on('update', () => {
      if (isShown()) this.#changed();
    });
    this.canUndo.set(copy.undo.can.get());
    copy.undo.can.subscribe((can) => {
      if (isShown()) this.canUndo.set(can);
    });
    copy.connection?.state.subscribe((state) => {
      if (isShown()) this.live.set(state);
    });
    this.live.set(copy.connection?.state.get() ?? 'offline');
    copy.presence?.present.subscribe((present) => {
      if (isShown()) this.present.set(present);
    });
    copy.presence?.at(this.#place);
    this.changedTicks();
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    while (this.#renewing) await this.#renewing;
    const { file, undo } = this.#copy;
    this.#copy.goOffline();
    await file.close();
    if (file.save.state === 'stored') await this.#writeEntry();
    undo.close();
    await import('../stores/compaction.ts')
      .then(({ compact }) => compact(this.#parts.vault, this.document))
      .catch(() => false);
    this.#parts.closed(this, file.unstored());
  }

  /** Every update of the document is followed by this. */
  #changed(): void {
    this.snapshot.spoil();
    this.evaluation.spoil();
    this.mayWrite.spoil();
    this.ticks.spoil();
    this.#isEntryDue = true;
    if (this.#isFrameDue) return;
    this.#isFrameDue = true;
    this.#parts.frames.next(() => {
      this.#isFrameDue = false;
      for (const each of [this.snapshot, this.evaluation, this.mayWrite, this.ticks]) each.tell();
      if (!this.#isClosed) this.greet();
      this.#parts.frames.idle(() => {
        if (!this.#isClosed && this.save.get().state === 'stored') void this.#writeEntry();
      });
    });
  }

  async #writeEntry(): Promise<void> {
    if (!this.#isEntryDue) return;
    const { file } = this.#copy;
    if (!this.#isClosed) await file.catchUp();
    this.#isEntryDue = false;
    const entry = familyContent(file.doc, this.snapshot.get(), this.evaluation.get());
    const upToRow = file.heldRow;
    // A list that lags is caught up at the next start: the row stays marked as stale.
    await this.#catalogue.put([{ document: this.document, upToRow, entry }]).catch(() => undefined);
  }

  #readTicks(): Ticks {
    const { file } = this.#copy;
    const isStored = file.save.state === 'stored';
    return {
      device: isStored,
      relay: isStored && !file.state.isWaiting,
      supervisor: isSeen(this.snapshot.get().events),
      refused: file.state.refused,
    };
  }
}

/** What an open copy tells; the sitting is there once the first copy is. */
function openParts(parts: HouseholdParts, numbers: IdNumbers, sitting: () => Sitting | null): OpenParts {
  const { vault, clock, random } = parts;
  return {
    store: vault,
    clock,
    random,
    reasonOf: (error) => storeFailure(error).reason,
    edited() {
      void numbers.refill();
      parts.edited();
    },
    changed: () => sitting()?.changedTicks(),
    replaced: () => sitting()?.renew(),
  };
}
