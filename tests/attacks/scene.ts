import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { openRelay, type OpenOptions } from '../relay/support/open-relay.ts';
import { TestDevice } from '../relay/support/test-device.ts';
import { SkippingClock } from './skipping-clock.ts';

/** What an attacker is answered. HTTP has a status, live connections a close code or a frame *refused*. */
export interface Answer {
  readonly status?: number;
  readonly close?: number;
  /** The documented code. */
  readonly code?: string;
}

/** One row of a table of attacks. */
export interface Attack {
  readonly name: string;
  /** Makes everything ready; what it returns is the attack, which is judged by what it changes. */
  readonly prepare: (scene: Scene) => Promise<() => Promise<Answer>>;
  readonly answered: Answer;
  /** The entry in the audit log: its kind, and its code where it has one. */
  readonly told: { readonly kind: string; readonly code?: string };
  /** Tables that may change: shutting out a thief is a change. */
  readonly changes?: readonly string[];
  readonly open?: OpenOptions;
}

/** What an attack may always leave behind. */
const TRACES = ['audit', 'audit_document', 'audit_reading', 'refused', 'sign_in_failure', 'sqlite_sequence'];

/** A relay that serves on a free port, with people of two teams. */
export class Scene {
  readonly database: DatabaseSync;
  readonly clock: SkippingClock;
  readonly url: string;
  readonly errors: readonly string[];

  private constructor(database: DatabaseSync, clock: SkippingClock, url: string, errors: readonly string[]) {
    this.database = database;
    this.clock = clock;
    this.url = url;
    this.errors = errors;
  }

  static async open(options: OpenOptions = {}): Promise<Scene> {
    const database = new DatabaseSync(':memory:');
    const clock = new SkippingClock();
    const { url, errors } = await openRelay({ database, clock, ...options });
    return new Scene(database, clock, url, errors);
  }

  signIn(userName: string): Promise<TestDevice> {
    return TestDevice.signIn(this.url, userName);
  }

  /** The whole database but for the tables left out. */
  digest(leftOut: readonly string[]): string {
    const hash = createHash('sha256');
    const tables = this.database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .all();
    for (const { name } of tables) {
      if (leftOut.includes(String(name))) continue;
      hash.update(String(name));
      for (const row of this.database.prepare(`SELECT * FROM "${String(name)}"`).all())
        hash.update(JSON.stringify(row));
    }
    return hash.digest('hex');
  }

  lastEntry(): number {
    return Number(this.database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM audit').get()?.['seq']);
  }

  /** Kinds and codes of the entries after one. */
  entriesAfter(seq: number): { kind: string; code: string }[] {
    return this.database
      .prepare('SELECT kind, code FROM audit WHERE seq > ? ORDER BY seq')
      .all(seq)
      .map(({ kind, code }) => ({ kind: String(kind), code: String(code) }));
  }
}

/** Attacks, and looks at the answer, the database and the audit log. */
export async function withstand({ prepare, answered, told, changes = [], open = {} }: Attack): Promise<void> {
  const scene = await Scene.open(open);
  const attack = await prepare(scene);
  const leftOut = [...TRACES, ...changes];
  const [before, last] = [scene.digest(leftOut), scene.lastEntry()];
  expect(await attack()).toMatchObject(answered);
  await expect.poll(() => scene.entriesAfter(last)).toContainEqual(expect.objectContaining(told));
  expect(scene.digest(leftOut)).toBe(before);
  expect(scene.errors).toEqual([]);
}

/** An HTTP answer as attackers see it. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const code = isJson ? (JSON.parse(text) as { code?: string }).code : undefined;
  return { status: response.status, ...(code === undefined ? {} : { code }) };
}
