import { type Clock, type ErrorCode, type InstantMs, type Random, Value } from '@rukun/core/foundation';
import type { AuditReport, AuditTransport, LinkPace } from '@rukun/core/sync';
import type { Frames } from '../platform/frames.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { Vault } from '../stores/vault.ts';
import type { AuditState } from './app.ts';

/** By itself once a day, and at once after the relay was restored. */
const EVERY_MS = 24 * 60 * 60 * 1000;
/** One that failed is not tried again before. */
const RETRY_MS = 10 * 60 * 1000;

const NOTHING: AuditState = { progress: null, lastAt: null, report: null, failure: null };

/** What the keeper needs. */
export interface AuditKeeperParts {
  readonly vault: Vault;
  readonly transport: AuditTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly pace: LinkPace;
  readonly frames: Frames;
  readonly surroundings: Surroundings;
  readonly tabs: Tabs;
  isSignedIn(): boolean;
}

/** Compares what this device holds with the centre: now and then by itself, and on request. One at a time. */
export class AuditKeeper {
  readonly state = new Value<AuditState>(NOTHING);
  readonly #parts: AuditKeeperParts;
  #isRunning = false;
  #notBefore: InstantMs = 0;
  /** Counts the people who signed in: what was begun for one says nothing to the next. */
  #session = 0;

  constructor(parts: AuditKeeperParts) {
    this.#parts = parts;
  }

  /** Compares now. Nothing happens while that is under way. */
  start(): void {
    if (!this.#isRunning && this.#parts.isSignedIn()) void this.#run();
  }

  /** A complete exchange has succeeded in the leading tab: compares if it is time. Never rejects. */
  async exchanged(): Promise<void> {
    const { vault, clock } = this.#parts;
    const now = clock.now();
    if (this.#isRunning || now < this.#notBefore) return;
    try {
      const mine = vault.lease();
      const { epoch } = await mine.position();
      const last = await mine.audited();
      // What has just been fetched for the first time need not be compared at once.
      if (last === null) await mine.noteAudit(epoch, now);
      else if (last.epoch !== epoch || Math.abs(now - last.at) >= EVERY_MS) this.start();
    } catch {
      // The database does not answer: the next exchange asks again.
    }
  }

  /** Another person has signed in. */
  forget(): void {
    this.#session++;
    this.#notBefore = 0;
    this.state.set(NOTHING);
  }

  async #run(): Promise<void> {
    const session = this.#session;
    const tell = (change: Partial<AuditState>): void => {
      if (session === this.#session) this.state.set({ ...this.state.get(), ...change });
    };
    this.#isRunning = true;
    tell({ progress: { done: 0, of: 0 }, failure: null });
    const { report, failure } = await this.#audit((progress) => {
      tell({ progress });
    });
    const now = this.#parts.clock.now();
    tell(report ? { progress: null, report, lastAt: now } : { progress: null, failure });
    this.#isRunning = false;
    if (session !== this.#session) return;
    this.#notBefore = report ? 0 : now + RETRY_MS;
  }

  async #audit(
    tell: (progress: { done: number; of: number }) => void,
  ): Promise<{ report: AuditReport | null; failure: ErrorCode | null }> {
    const { vault, transport, clock, random, pace, frames, tabs, surroundings } = this.#parts;
    if (!surroundings.isOnline()) return { report: null, failure: 'unavailable' };
    const mine = vault.lease();
    let progress = { done: 0, of: 0 };
    try {
      // Once a day: it is not part of what the app starts with, but among the files kept for offline use.
      const { auditAll } = await import('./audit-run.ts');
      const done = await auditAll(mine, transport, {
        clock,
        random,
        pace,
        alone: (work) => tabs.alone('exchange', work),
        progress: (count, of) => (progress = { done: count, of }),
        pause: () =>
          new Promise((resolve) => {
            tell(progress);
            frames.idle(resolve);
          }),
      });
      if (!done.ok) return { report: null, failure: done.failure.code };
      await mine.noteAudit((await mine.position()).epoch, clock.now());
      return { report: done.value, failure: null };
    } catch {
      // The device's database refused; what was healed so far is stored.
      return { report: null, failure: 'internal' };
    }
  }
}
