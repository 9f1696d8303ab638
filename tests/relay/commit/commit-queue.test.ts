import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import type { Actor } from '@rukun/core/access';
import type { Log } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { CommitQueue } from '../../../packages/relay/src/commit/commit-queue.ts';
import { ScratchCopies } from '../../../packages/relay/src/commit/scratch-copies.ts';
import type { Commit, Submission } from '../../../packages/relay/src/commit/submission.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const AREA = '7102990001000100';
const ACTOR: Actor = {
  person: 'ani',
  role: 'officer',
  areas: new Set([AREA]),
  boards: new Set(),
  former: new Map(),
  scope: '',
  tag: 'aka',
};

function open() {
  const storage = SqliteStorage.over(new DatabaseSync(':memory:'), seededRandom(1));
  onTestFinished(() => storage.close());
  let transactions = 0;
  let fault: (() => void) | null = null;
  const counted: Storage = {
    read: (f) => storage.read(f),
    sweep: () => storage.sweep(),
    close: () => storage.close(),
    transact: (f) => {
      transactions++;
      return storage.transact((writer) => {
        const result = f(writer);
        fault?.();
        return result;
      });
    },
  };
  const events: string[] = [];
  const log: Log = { info: () => undefined, error: (event) => void events.push(event) };
  const copies = new ScratchCopies();
  const queue = new CommitQueue(counted, copies, log);
  const commits: Commit[] = [];
  queue.onCommit((stored) => commits.push(...stored));
  return {
    storage,
    copies,
    queue,
    commits,
    events,
    transactions: () => transactions,
    breakWith: (next: (() => void) | null) => (fault = next),
  };
}

function submission(document: DocumentName, write: (doc: Doc) => void, client = 1): Submission {
  const doc = new Doc();
  doc.clientID = client;
  write(doc);
  const update = encodeStateAsUpdate(doc);
  return { document, update, actor: ACTOR, device: 'd1', area: AREA, at: 1, marks: [], connection: null };
}

const answer = (document: DocumentName, value: unknown, client?: number) =>
  submission(document, (doc) => doc.getMap('answers').set('303', value), client);

test('[GT71] what waits together is one transaction, in order', async () => {
  const { queue, commits, transactions, storage } = open();
  const names = Array.from({ length: 100 }, (_, index) => `household/h${index}` as const);
  const outcomes = await Promise.all(names.map((name) => queue.submit(answer(name, 1))));
  expect(outcomes.every(({ status }) => status === 'stored')).toBe(true);
  expect(transactions()).toBe(1);
  expect(commits.map(({ document }) => document)).toEqual(names);
  expect(storage.read((reader) => reader.lastSeq())).toBe(100);
});

test('[GT72] listeners hear of a commit when it is on disk and before its author does', async () => {
  const { queue, storage } = open();
  const order: string[] = [];
  queue.onCommit(() => order.push(`told, log at ${storage.read((reader) => reader.lastSeq())}`));
  await queue.submit(answer('household/h1', 1)).then(() => order.push('resolved'));
  expect(order).toEqual(['told, log at 1', 'resolved']);
});

test('[GT73] a refused one among others disturbs none of them, not even of the same document', async () => {
  const { queue, storage } = open();
  const bad = submission('household/h1', (doc) => doc.getMap('event/e1').set('by', 'sari'), 2);
  const outcomes = await Promise.all(
    [answer('household/h1', 1), bad, answer('household/h1', 2, 3), answer('household/h2', 3)].map((each) =>
      queue.submit(each),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['stored', 'refused', 'stored', 'stored']);
  // The third and the first had not seen each other: the relay added a row of its own.
  expect(storage.read((reader) => reader.log('household/h1')).map(({ source }) => source)).toEqual([
    'device',
    'device',
    'relay',
  ]);
});

test('[GT74] a fault of ours in one item takes only that item down', async () => {
  const { queue, storage, events, breakWith } = open();
  breakWith(() => {
    const last = storage.read((reader) => reader.document('household/poison'));
    if (last) throw new TypeError('a bug that mentions ANI WOWOR');
  });
  const outcomes = await Promise.all([
    queue.submit(answer('household/h1', 1)),
    queue.submit(answer('household/poison', 1)),
    queue.submit(answer('household/h2', 1)),
  ]);
  expect(outcomes.map((outcome) => (outcome.status === 'stored' ? 'stored' : outcome.failure.code))).toEqual([
    'stored',
    'internal',
    'stored',
  ]);
  expect(events).toEqual(['commit.failed']);
  breakWith(null);
  expect(await queue.submit(answer('household/poison', 1))).toEqual({ status: 'stored' });
});

test('[GT75] after a commit that failed the scratch copies hold nothing of it', async () => {
  const { queue, storage, breakWith } = open();
  await queue.submit(answer('household/h1', 1));
  breakWith(() => {
    throw new TypeError('disk');
  });
  const second = submission(
    'household/h1',
    (doc) => {
      doc.getMap('answers').set('303', 1);
      doc.getMap('answers').set('304', 2);
    },
    1,
  );
  expect((await queue.submit(second)).status).toBe('refused');
  breakWith(null);
  expect((await queue.submit(second)).status).toBe('stored');
  expect(storage.read((reader) => reader.log('household/h1'))).toHaveLength(2);
});

test('[GT76] once closed, what waited is stored and nothing more is taken', async () => {
  const { queue } = open();
  const waiting = queue.submit(answer('household/h1', 1));
  queue.close();
  expect(await waiting).toEqual({ status: 'stored' });
  expect(await queue.submit(answer('household/h2', 1))).toEqual({
    status: 'refused',
    failure: { code: 'unavailable' },
  });
});

test('who comes into a live room with nothing does not bring the document into memory, who writes does', async () => {
  const { queue, copies } = open();
  await queue.submit(answer('household/h1', 1));
  copies.keep('household/h1');
  const nothing = submission('household/h1', () => undefined);
  expect(await queue.submit(nothing)).toEqual({ status: 'stored' });
  expect(copies.peek('household/h1')).toBeNull();
  const barred = { ...nothing, actor: { ...ACTOR, areas: new Set<string>() } };
  expect((await queue.submit(barred)).status).toBe('refused');
  await queue.submit(answer('household/h1', 2, 2));
  expect(copies.peek('household/h1')).not.toBeNull();
});
