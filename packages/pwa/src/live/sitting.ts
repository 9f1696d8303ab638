import type { Clock, Random } from '@rukun/core/foundation';
import { Household, isSeen, type HouseholdSnapshot, type Place } from '@rukun/core/household';
import type { DocumentName, Me, PersonInfo } from '@rukun/core/protocol';
import type { EnumerationSettings, Evaluation, Form } from '@rukun/core/questionnaire';
import { applyUpdate, type Doc } from 'yjs';
import type { OpenHousehold, Presence, Ticks, UnstoredEdit } from '../app/app.ts';
import { Computed, Value } from '../app/value.ts';
import type { Frames } from '../platform/frames.ts';
import { Catalogue } from '../stores/catalogue.ts';
import { compact } from '../stores/compaction.ts';
import type { IdNumbers } from '../stores/id-numbers.ts';
import { StoreFailure } from '../stores/store-failure.ts';
import type { DocumentState, Vault } from '../stores/vault.ts';
import { evaluateSnapshot, familyContent, stateOfSnapshot } from './family-content.ts';
import { LiveConnection, type LivePorts } from './live-connection.ts';
import { PresenceList } from './presence.ts';
import { SentEdits } from './sent-edits.ts';
import { StoreFollower } from './store-follower.ts';
import { UndoSteps } from './undo.ts';
import { WriteQueue } from './write-queue.ts';
import { mayWriteAnswers } from './write-rights.ts';

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

/** Updates that came out of the device's database, from whatever tab. */
export const STORED = Symbol('from the store');

/** One household while it is on the screen. */
export class Sitting implements OpenHousehold {
  readonly document: DocumentName;
  readonly household: Household;
  readonly snapshot: Computed<HouseholdSnapshot>;
  readonly evaluation: Computed<Evaluation>;
  readonly ticks: Computed<Ticks>;
  readonly mayWrite: Computed<boolean>;
  readonly live = new Value<'offline' | 'connecting' | 'live'>('offline');
  readonly present = new Value<readonly Presence[]>([]);
  readonly #parts: HouseholdParts;
  readonly #doc: Doc;
  readonly #queue: WriteQueue;
  readonly #edits: SentEdits;
  readonly #undo: UndoSteps;
  readonly #connection: LiveConnection | null = null;
  readonly #presence: PresenceList | null = null;
  readonly #catalogue: Catalogue;
  readonly #follower: StoreFollower;
  #isFrameDue = false;
  #isEntryDue = false;
  #isClosed = false;
  #closing: Promise<void> | null = null;

  constructor(
    parts: HouseholdParts,
    document: DocumentName,
    doc: Doc,
    numbers: IdNumbers,
    opened: { readonly state: DocumentState; readonly row: number },
  ) {
    const { vault, clock, me, form, settings } = parts;
    this.#parts = parts;
    this.document = document;
    this.#doc = doc;
    this.#catalogue = new Catalogue(vault);
    this.#edits = new SentEdits(vault, document, opened.row);
    this.household = new Household(doc, {
      person: me.person.id,
      now: () => clock.now(),
      nextId: () => `${me.device.tag}${numbers.next()}`,
    });
    this.snapshot = new Computed(() => this.household.snapshot());
    this.evaluation = new Computed(() => evaluateSnapshot(form, this.snapshot.get(), settings));
    this.mayWrite = new Computed(() => mayWriteAnswers(me.person.role, stateOfSnapshot(this.snapshot.get())));
    this.ticks = new Computed(() => this.#readTicks());
    this.#queue = new WriteQueue({
      local: async (update, at, edit) => {
        const row = await vault.appendLocal(document, update, at);
        this.#follower.edited();
        this.#edits.storedHere(edit, row);
        void numbers.refill();
        parts.edited();
      },
      remote: (update) => vault.appendRemote(document, update),
    });
    this.#undo = new UndoSteps(doc);
    doc.on('update', (update, origin) => {
      this.#take(update, origin);
    });
    this.#queue.save.subscribe(() => {
      this.#changedTicks();
    });
    this.#follower = new StoreFollower(vault, this.#edits, opened, {
      apply: (update) => {
        applyUpdate(doc, update, STORED);
      },
      changed: () => {
        this.#changedTicks();
      },
    });
    if (parts.live === null) return;
    this.#connection = new LiveConnection(doc, document, parts.live, {
      before: () => this.#beforeLive(),
      lastEdit: () => this.#edits.last,
      stored: (edit) => {
        this.#edits.storedThere(edit);
      },
      refused: (edit, code, paths) => void this.#refused(edit, code, paths),
      denied: ({ code }) => {
        if (code === 'unauthenticated') parts.expired();
      },
    });
    this.#connection.state.subscribe((state) => {
      this.live.set(state);
    });
    this.live.set(this.#connection.state.get());
    this.#presence = new PresenceList(this.#connection.awareness, me.person.id, (person) =>
      parts.personOf(person),
    );
    this.#presence.present.subscribe((present) => {
      this.present.set(present);
    });
  }

  get save(): WriteQueue['save'] {
    return this.#queue.save;
  }

  get canUndo(): UndoSteps['can'] {
    return this.#undo.can;
  }

  /** The officer's third tick: a supervisor who has a submitted family on the screen has seen it. */
  greet(): void {
    const { events } = this.snapshot.get();
    const isSubmitted = stateOfSnapshot(this.snapshot.get()) === 'submitted';
    if (this.#parts.me.person.role !== 'supervisor' || !isSubmitted || isSeen(events)) return;
    try {
      this.household.addEvent('seen');
    } catch (error) {
      // On a full disk there is no id for it: the family can still be read, and the next opening says it.
      if (!(error instanceof StoreFailure)) throw error;
    }
  }

  at(place: Place | null): void {
    this.#presence?.at(place);
  }

  undo(): void {
    this.#undo.undo();
  }

  redo(): void {
    this.#undo.redo();
  }

  settled(): Promise<void> {
    return this.#queue.settled();
  }

  unstored(): readonly UnstoredEdit[] {
    return this.#queue.unstored();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#isClosed = true;
    this.#presence?.close();
    this.#connection?.close();
    await this.#queue.settled();
    const save = this.#queue.save.get();
    if (save.state === 'failed') save.retry();
    await this.#queue.settled();
    await this.#edits.settled();
    await this.#follower.read();
    this.#follower.close();
    if (this.#queue.save.get().state === 'stored') await this.#writeEntry();
    this.#undo.close();
    this.#doc.destroy();
    await compact(this.#parts.vault, this.document).catch(() => false);
    this.#parts.closed(this, this.#queue.unstored());
  }

  /** Every update of the document passes here, and only here. */
  #take(update: Uint8Array, origin: unknown): void {
    if (this.#connection?.isOrigin(origin)) this.#queue.addRemote(update);
    else if (origin !== STORED) this.#queue.addLocal(update, this.#parts.clock.now(), this.#edits.next());
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
        if (!this.#isClosed && this.#queue.save.get().state === 'stored') void this.#writeEntry();
      });
    });
  }

  async #beforeLive(): Promise<void> {
    await this.#queue.settled();
    await this.#parts.send(this.document);
  }

  async #refused(
    edit: number,
    code: Parameters<Vault['refuse']>[2],
    paths: readonly string[],
  ): Promise<void> {
    await this.#queue.settled();
    const row = this.#edits.rowOf(edit);
    // A failure here loses nothing: the rows stay unsent and the next exchange hears the same answer.
    if (row !== null) await this.#parts.vault.refuse(this.document, row, code, paths).catch(() => undefined);
  }

  async #writeEntry(): Promise<void> {
    if (!this.#isEntryDue) return;
    await this.#follower.read();
    this.#isEntryDue = false;
    const entry = familyContent(this.#doc, this.snapshot.get(), this.evaluation.get());
    const upToRow = this.#follower.heldRow;
    // A list that lags is caught up at the next start: the row stays marked as stale.
    await this.#catalogue.put([{ document: this.document, upToRow, entry }]).catch(() => undefined);
  }

  #changedTicks(): void {
    const before = this.ticks.get();
    const now = this.#readTicks();
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    this.ticks.spoil();
    this.ticks.tell();
  }

  #readTicks(): Ticks {
    const isStored = this.#queue.save.get().state === 'stored';
    return {
      device: isStored,
      relay: isStored && !this.#follower.state.isWaiting,
      supervisor: isSeen(this.snapshot.get().events),
      refused: this.#follower.state.refused,
    };
  }
}
