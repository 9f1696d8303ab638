import { type Clock, type ErrorCode, type Random, Value } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { exchangeAll, LinkPace, waitBeforeRetryMs, type AuditTransport } from '@rukun/core/sync';
import type { Frames } from '../platform/frames.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { Vault } from '../stores/vault.ts';
import type { AuditState, Observable, SyncControl, SyncState } from './app.ts';
import { AuditKeeper } from './audit-keeper.ts';

/** Edits made in quick succession travel together. */
const AFTER_EDIT_MS = 2_000;
/** While somebody looks. */
const INTERVAL_MS = 60_000;

/** What the loop needs. */
export interface SyncParts {
  readonly vault: Vault;
  readonly transport: AuditTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly frames: Frames;
  readonly surroundings: Surroundings;
  readonly tabs: Tabs;
  isSignedIn(): boolean;
  /** A complete exchange succeeded. */
  exchanged(): void;
}

/**
 * Runs exchanges: at the start, when the link comes back, after edits, now and then while somebody looks, and on request.
 * Only the leading tab runs them by itself; what any tab runs, it runs alone.
 */
export class SyncLoop implements SyncControl {
  readonly state = new Value<SyncState>({
    link: 'offline',
    running: false,
    waiting: 0,
    lastAt: null,
    failure: null,
  });
  readonly #parts: SyncParts;
  readonly #pace = new LinkPace();
  readonly #audits: AuditKeeper;
  #isLeader = false;
  #attempts = 0;
  #running: Promise<void> | null = null;
  #due: { readonly at: number; readonly delayMs: number; cancel(): void } | null = null;
  #areEditsDue = false;
  #isCounting = false;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#audits = new AuditKeeper({ ...parts, pace: this.#pace });
    parts.vault.onStored(() => {
      this.#countWaiting();
    });
    parts.surroundings.onChange(() => {
      this.#look();
    });
    parts.tabs.onMessage((message) => {
      if (message.type === 'exchange' && this.#isLeader) this.now();
      if (message.type === 'sync-state' && !this.#isLeader) this.#hear(message.state);
    });
    parts.tabs.lead(() => {
      this.#isLeader = true;
      this.now();
    });
  }

  get audit(): Observable<AuditState> {
    return this.#audits.state;
  }

  startAudit(): void {
    this.#audits.start();
  }

  now(): void {
    this.#attempts = 0;
    if (this.#isLeader) this.#schedule(0);
    else this.#parts.tabs.tell({ type: 'exchange' });
  }

  /** Something was stored that should go up soon. */
  edited(): void {
    if (this.#areEditsDue) return;
    this.#areEditsDue = true;
    this.#parts.clock.after(AFTER_EDIT_MS, () => {
      this.#areEditsDue = false;
      void this.#sendEdits();
    });
  }

  /** Sends what is unsent of one document, whatever tab this is. Never rejects. */
  async send(document: DocumentName): Promise<void> {
    try {
      for (let round = 0; round < 2; round++) {
        const state = await this.#parts.vault.state(document);
        if (!state?.isWaiting || state.isKept || !this.#parts.surroundings.isOnline()) return;
        await this.#run();
        if (this.state.get().failure !== null) return;
      }
    } catch {
      // The database cannot be read; whoever writes next hears of it.
    }
  }

  /** The signed-in person has changed. */
  async restart(): Promise<void> {
    await this.#running;
    this.#attempts = 0;
    this.#set({ failure: null, lastAt: null, waiting: 0 });
    this.#audits.forget();
    this.#countWaiting();
    if (this.#parts.isSignedIn()) this.now();
  }

  /** The link or the attention is back. The leader may be a tab that nobody looks at: whoever is seen asks it. */
  #look(): void {
    const { surroundings } = this.#parts;
    if (!surroundings.isOnline()) this.#set({ link: 'offline' });
    else if (surroundings.isVisible() || (this.#isLeader && this.state.get().waiting > 0)) this.now();
  }

  /** What a live connection has brought to the centre meanwhile is not sent again. */
  async #sendEdits(): Promise<void> {
    const { vault, surroundings, tabs } = this.#parts;
    const hasUnsent = await vault.outbox(1).then(
      (unsent) => unsent.length > 0,
      () => true,
    );
    // While the relay does not answer, edits do not hurry the next attempt.
    if (!hasUnsent || this.#attempts > 0) return;
    if (!this.#isLeader) tabs.tell({ type: 'exchange' });
    else if (surroundings.isOnline()) await this.#run();
  }

  #schedule(delayMs: number): void {
    const { clock, tabs } = this.#parts;
    const at = clock.now() + delayMs;
    // The clock may have jumped: what is due later by either measure gives way.
    if (this.#due !== null && this.#due.at <= at && this.#due.delayMs <= delayMs) return;
    this.#due?.cancel();
    const cancel = clock.after(delayMs, () => {
      this.#due = null;
      if (!this.#isLeader) tabs.tell({ type: 'exchange' });
      else if (this.#parts.surroundings.isOnline()) void this.#run();
    });
    this.#due = { at, delayMs, cancel };
  }

  /** One run at a time; who asks during one gets the next. */
  async #run(): Promise<void> {
    while (this.#running) await this.#running;
    if (!this.#parts.isSignedIn()) return;
    this.#due?.cancel();
    this.#due = null;
    this.#set({ running: true });
    this.#running = this.#exchange().finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async #exchange(): Promise<void> {
    const { vault, transport, tabs, clock, random, surroundings } = this.#parts;
    // An answer that comes after somebody else has signed in is not for that person's vault.
    const mine = vault.lease();
    let failure: ErrorCode | null = null;
    let waitMs: number | undefined;
    let isLeft = false;
    try {
      const done = await tabs.alone('exchange', () =>
        exchangeAll(mine, transport, { clock, random, pace: this.#pace }),
      );
      if (!done.ok) ({ code: failure, waitMs } = done.failure);
      else isLeft = (await mine.outbox(1)).length > 0;
    } catch {
      // The device's database refused to take over what came in: nothing is lost, it is asked for again.
      failure = 'internal';
    }
    const hasAnswered = failure === null || (failure !== 'unavailable' && surroundings.isOnline());
    this.#set({
      running: false,
      failure,
      link: hasAnswered ? 'online' : 'offline',
      ...(failure === null ? { lastAt: clock.now() } : {}),
    });
    // Only a new sign-in helps, or another answer of the relay: tried again at the next occasion, not by itself.
    if (failure === 'unauthenticated') this.#attempts++;
    else if (failure !== null || isLeft) this.#retryLater(waitMs);
    else this.#attempts = 0;
    if (failure === null) {
      this.#parts.exchanged();
      if (this.#isLeader) void this.#audits.exchanged();
      if (surroundings.isVisible()) this.#schedule(INTERVAL_MS);
    }
  }

  #retryLater(waitMs = 0): void {
    this.#attempts++;
    this.#schedule(waitBeforeRetryMs(this.#attempts, this.#parts.random, waitMs));
  }

  #countWaiting(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.#parts.frames.next(() => void this.#count());
  }

  async #count(): Promise<void> {
    this.#isCounting = false;
    if (!this.#parts.isSignedIn()) return;
    try {
      this.#set({ waiting: await this.#parts.vault.waitingCount() });
    } catch {
      // Counted again with the next change.
    }
  }

  #set(change: Partial<SyncState>): void {
    const before = this.state.get();
    const state = { ...before, ...change };
    if (JSON.stringify(state) === JSON.stringify(before)) return;
    this.state.set(state);
    if (this.#isLeader) this.#parts.tabs.tell({ type: 'sync-state', state });
  }

  /** What the leader knows; it may run another version of the app. */
  #hear(told: unknown): void {
    if (typeof told !== 'object' || told === null) return;
    const { link, running, lastAt, failure } = told as Partial<SyncState>;
    if (link !== 'online' && link !== 'offline') return;
    this.state.set({
      ...this.state.get(),
      link,
      running: running === true,
      lastAt: lastAt ?? null,
      failure: failure ?? null,
    });
  }
}
