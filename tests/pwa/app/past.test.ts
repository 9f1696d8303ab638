import { fail, ok, type Result } from '@rukun/core/foundation';
import { LOCAL } from '@rukun/core/household';
import { enumerationSettings, regsosek22K } from '@rukun/core/questionnaire';
import { describe, expect, test } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import { openPast } from '../../../packages/pwa/src/app/past.ts';
import { Household } from '@rukun/core/household';

const ENTRY = {
  path: 'answers/303',
  value: '5',
  before: null,
  by: 'p-officer',
  device: 'd1',
  at: 1_795_000_000_000,
  receivedAt: 1_795_000_060_000,
  commit: 7,
};

/** A relay that answers one thing, and remembers what it was asked. */
function pastOf(answer: Result<unknown>) {
  const asked: string[] = [];
  const reply = (path: string) => {
    asked.push(path);
    return Promise.resolve(answer);
  };
  const client = { ask: reply, askBytes: reply as (path: string) => Promise<Result<Uint8Array>> };
  return { asked, past: openPast({ client, form: regsosek22K, settings: () => enumerationSettings() }) };
}

function household(): Uint8Array {
  const doc = new Doc({ gc: false });
  Household.create(doc, {
    form: regsosek22K.id,
    area: '7102990001000100',
    origin: 'prelist',
    answers: { 108: 'SITI AMINAH', 303: '5' },
  });
  return encodeStateAsUpdate(doc);
}

describe('the history, as the app asks for it', () => {
  test('[HI1] of a whole family or of one question, oldest first as the relay gives it', async () => {
    const { asked, past } = pastOf(ok([ENTRY]));
    expect(await past.history('household/siti')).toEqual(ok([ENTRY]));
    await past.history('household/siti', 'member/k3f1/403');
    expect(asked).toEqual([
      '/api/documents/household/siti/history',
      '/api/documents/household/siti/history?path=member%2Fk3f1%2F403',
    ]);
  });

  test.each([
    ['no list', {}],
    ['an entry without a commit', [{ ...ENTRY, commit: undefined }]],
    ['a value that is none', [{ ...ENTRY, value: ['5'] }]],
    ['an entry that says nothing of before', [{ ...ENTRY, before: undefined }]],
  ])('[HI1] %s is malformed, not shown', async (_what, answer) => {
    expect(await pastOf(ok(answer)).past.history('household/siti')).toEqual(fail('malformed'));
  });

  test('[HI1] without a link it is unavailable', async () => {
    const { past } = pastOf(fail('unavailable'));
    expect(await past.history('household/siti')).toEqual(fail('unavailable'));
    expect(await past.at('household/siti', 7)).toEqual(fail('unavailable'));
  });
});

describe('a household in the past', () => {
  async function opened() {
    const { asked, past } = pastOf(ok(household()));
    const read = await past.at('household/siti', 7);
    if (!read.ok) throw new Error(read.failure.code);
    expect(asked).toEqual(['/api/documents/household/siti/at/7']);
    return read.value;
  }

  test('[HI4] reads as it stood then and offers nothing to write', async () => {
    const open = await opened();
    expect(open.snapshot.get().answers).toMatchObject({ 108: 'SITI AMINAH', 303: '5' });
    expect(open.evaluation.get().counts.answered).toBeGreaterThan(0);
    expect(open.mayWrite.get()).toBe(false);
    expect(open.canUndo.get()).toEqual({ undo: false, redo: false });
    await open.close();
  });

  test('[HI4] no write reaches it, whatever calls', async () => {
    const open = await opened();
    const place = { member: null, question: '303' };
    const writes = [
      () => open.household.answer(place, '1'),
      () => open.household.addMember(),
      () => open.household.addRemark('', 'x'),
      () => open.household.doc.transact(() => undefined, LOCAL),
      () => open.undo(),
    ];
    for (const write of writes) expect(write).toThrow('the past cannot be written to');
    expect(open.snapshot.get().answers['303']).toBe('5');
  });

  test('[HI4] bytes that are no update are malformed', async () => {
    const { past } = pastOf(ok(new Uint8Array([255, 255, 255])));
    expect(await past.at('household/siti', 7)).toEqual(fail('malformed'));
  });
});
