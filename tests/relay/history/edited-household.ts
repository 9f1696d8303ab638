import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, getState, mergeUpdates } from 'yjs';
import type { Log } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentName, TimeMark } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { CommitQueue } from '../../../packages/relay/src/commit/commit-queue.ts';
import { ScratchCopies } from '../../../packages/relay/src/commit/scratch-copies.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { HouseholdCopy, MINUTE, NINE } from '../support/test-device.ts';

const AREA = '7102990001000100';
export const EDITED: DocumentName = 'household/h1';
const QUESTIONS = ['303', '304', '305', '108'] as const;
const PEOPLE = ['ani', 'ani', 'budi', 'sari'] as const;

/** Structs one edit made, and the truth about them. */
interface Edit extends TimeMark {
  readonly to: number;
  readonly by: string;
}

/** What stood in the document right after a commit, kept aside by the test. */
interface Kept {
  readonly commit: number;
  readonly by: string;
  readonly updates: readonly Uint8Array[];
}

/** By root and key. */
type Values = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Phone {
  readonly person: string;
  readonly device: string;
  copy: HouseholdCopy;
  /** What it has of the log: everything up to this row. */
  seen: number;
  pending: Edit[];
  minute: number;
}

/**
 * A household that several people edit at once through the commit path, in an order chance gives: offline, behind one
 * another, sending again all they know, clearing, choosing among answers, with clocks that are set back, with the app
 * loaded anew in between. Beside it stands the truth: who made each struct when, and the state after each commit.
 */
export class EditedHousehold {
  readonly storage: Storage;
  readonly edits: Edit[] = [];
  readonly kept: Kept[] = [];
  readonly #commits: CommitQueue;
  readonly #random: ReturnType<typeof seededRandom>;
  readonly #phones: readonly Phone[];
  #now = NINE;

  constructor(seed: number, database = new DatabaseSync(':memory:')) {
    this.#random = seededRandom(seed);
    this.storage = SqliteStorage.over(database, this.#random);
    onTestFinished(() => this.storage.close());
    const log: Log = { info: () => undefined, error: () => undefined };
    this.#commits = new CommitQueue(this.storage, new ScratchCopies(), log);
    this.#phones = PEOPLE.map((person, index) => ({
      person,
      device: `d${index}`,
      copy: new HouseholdCopy(person, `k${index}k`),
      seen: 0,
      pending: [],
      minute: index,
    }));
    for (const { copy } of this.#phones) copy.doc.clientID = this.#drawClient();
    this.#import();
  }

  /** Goes on until there are so many commits more. */
  async edit(commits: number): Promise<void> {
    const end = this.kept.length + commits;
    while (this.kept.length < end) await this.#step();
  }

  #import(): void {
    const doc = new Doc({ gc: false });
    this.storage.transact((writer) => {
      doc.clientID = writer.relayClient();
      Household.create(doc, {
        form: 'REGSOSEK22-K',
        area: AREA,
        origin: 'prelist',
        answers: { '108': 'KEPALA' },
      });
      writer.addDocument(EDITED, 'household', AREA);
      const author = { source: 'import', person: '', device: '', deviceAt: NINE, receivedAt: NINE } as const;
      writer.append({ document: EDITED, update: encodeStateAsUpdate(doc), ...author, marks: [] });
    });
    this.edits.push({
      client: doc.clientID,
      clock: 0,
      to: getState(doc.store, doc.clientID),
      at: NINE,
      by: '',
    });
    this.#keep(1, '');
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const phone = random.pick(this.#phones);
    this.#now += MINUTE * random.below(5);
    if (random.next() < 0.6) this.#receive(phone);
    if (random.next() < 0.05) this.#reload(phone);
    for (let edit = random.below(4); edit > 0; edit--) this.#write(phone);
    if (random.next() < 0.7) await this.#send(phone);
  }

  #write(phone: Phone): void {
    const random = this.#random;
    const { copy, person } = phone;
    const client = copy.doc.clientID;
    const clock = getState(copy.doc.store, client);
    phone.minute += random.next() < 0.05 ? -10 : random.below(3);
    copy.at = NINE + phone.minute * MINUTE;
    const place = { member: null, question: random.pick(QUESTIONS) };
    const chance = random.next();
    if (chance < 0.1) copy.household.answer({ member: copy.household.addMember(), question: '403' }, 1);
    else if (chance < 0.2) copy.household.answer(place, null);
    else copy.household.answer(place, 10 + random.below(80));
    const to = getState(copy.doc.store, client);
    if (to > clock) phone.pending.push({ client, clock, to, at: copy.at, by: person });
  }

  async #send(phone: Phone): Promise<void> {
    const { copy, person, device, pending } = phone;
    if (copy.local.length === 0) return;
    const all = this.#random.next() < 0.2;
    const update = all ? encodeStateAsUpdate(copy.doc) : mergeUpdates(copy.local);
    const last = this.storage.read((reader) => reader.lastSeq());
    const outcome = await this.#commits.submit({
      document: EDITED,
      update,
      actor: {
        person,
        role: 'officer',
        areas: new Set([AREA]),
        boards: new Set(),
        former: new Map(),
        scope: '',
        tag: 'aka',
      },
      device,
      area: '',
      at: this.#now,
      marks: pending.map(({ client, clock, at }) => ({ client, clock, at })),
      connection: null,
    });
    if (outcome.status !== 'stored') throw new Error(`refused: ${outcome.failure.code}`);
    copy.local.length = 0;
    phone.pending = [];
    this.edits.push(...pending);
    const [row] = this.storage.read((reader) => reader.logSizes(EDITED, last));
    if (row) this.#keep(row.seq, person);
  }

  #receive(phone: Phone): void {
    this.storage.read((reader) => {
      for (const { seq } of reader.logSizes(EDITED, phone.seen)) {
        phone.copy.receive(reader.logUpdate(seq));
        phone.seen = seq;
      }
    });
  }

  /** Another document in memory under another client id, with what was stored on the phone. */
  #reload(phone: Phone): void {
    const copy = new HouseholdCopy(phone.person, `k${this.#random.below(2 ** 32)}k`);
    copy.doc.clientID = this.#drawClient();
    applyUpdate(copy.doc, encodeStateAsUpdate(phone.copy.doc), 'stored');
    copy.local.push(...phone.copy.local);
    phone.copy = copy;
  }

  #keep(commit: number, by: string): void {
    this.kept.push({ commit, by, updates: this.storage.read((reader) => reader.updates(EDITED)) });
  }

  #drawClient(): number {
    return this.#random.below(2 ** 32);
  }
}

/** What every key of every root map holds. */
export function valuesOf(updates: readonly Uint8Array[]): Values {
  const { doc } = Scratch.open(updates);
  const roots = [...doc.share.keys()].sort().map((root) => [root, doc.getMap(root).toJSON()] as const);
  return Object.fromEntries(roots.filter(([, values]) => Object.keys(values).length > 0));
}
