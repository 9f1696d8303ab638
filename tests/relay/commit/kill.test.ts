import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentName } from '@rukun/core/protocol';
import { applyUpdate, Doc } from 'yjs';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { householdsOnDisk } from '../../support/relay-database.ts';
import { RelayProcess } from '../../support/relay-process.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';

/** How often the relay is killed; `RUKUN_KILLS=1000` for the long run. */
const KILLS = Number(process.env['RUKUN_KILLS'] ?? 4);
/** Kill after so many acknowledgements at most; the relay is busy at that moment. */
const MOST_BEFORE = 400;
const SEED = Number(process.env['RUKUN_SEED'] ?? 20_261_122);

/** What somebody was told or shown, by document: question → value. */
type Known = Map<DocumentName, Map<string, number>>;

type Note = (document: DocumentName, question: string, value: number) => void;

function noteIn(
  known: Known,
  { document, question, value }: { document: DocumentName; question: string; value: number },
) {
  const answers = known.get(document) ?? new Map<string, number>();
  known.set(document, answers.set(question, value));
}

/** Sends one exchange after another until the relay is gone; notes what was acknowledged. */
async function exchangeUntilGone(
  device: TestDevice,
  round: number,
  documents: readonly DocumentName[],
  note: Note,
): Promise<void> {
  for (let count = 1; ; count++) {
    const question = `x${round}-${count}`;
    for (const document of documents) device.copy(document).answer(question, count);
    const items = documents.map((document) => device.item(document));
    const answer = await device.exchange(items).catch(() => null);
    if (!answer) return;
    for (const { status, document } of answer.receipts)
      if (status === 'stored') note(document, question, count);
  }
}

/** Sends live edits as fast as it may until the relay is gone; notes what *stored* covers. */
async function editUntilGone(
  device: TestDevice,
  round: number,
  document: DocumentName,
  note: Note,
): Promise<void> {
  const client = await LiveClient.open(device, document).catch(() => null);
  if (!client) return;
  const copy = device.copy(document);
  let covered = 0;
  const edit = (count: number) => {
    copy.answer(`y${round}-${count}`, count);
    client.send({ type: 'update', update: copy.local.at(-1) ?? new Uint8Array() });
  };
  let sent = 0;
  while (sent < 50) edit(++sent);
  client.socket.on('message', () => {
    for (const message of client.received.splice(0)) {
      if (message.type !== 'stored') continue;
      for (; covered < message.frames; covered++) {
        note(document, `y${round}-${covered + 1}`, covered + 1);
        edit(++sent);
      }
    }
  });
  await client.closed;
}

/** Looks at a document until the relay is gone; notes every answer that came to be seen. */
async function watchUntilGone(
  device: TestDevice,
  round: number,
  document: DocumentName,
  seen: Known,
): Promise<void> {
  const client = await LiveClient.open(device, document).catch(() => null);
  if (!client) return;
  const doc = new Doc({ gc: false });
  client.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
  client.socket.on('message', () => {
    for (const message of client.received.splice(0)) {
      if (message.type === 'update' || message.type === 'sync-step-2') applyUpdate(doc, message.update);
    }
  });
  await client.closed;
  for (const [question, value] of doc.getMap('answers').entries())
    if (question.startsWith(`y${round}-`)) noteIn(seen, { document, question, value: Number(value) });
}

test(
  `[GT70] [GT96] kill -9 under load, ${KILLS} times, seed ${SEED}: nothing acknowledged is lost, nothing another client saw is gone`,
  async () => {
    const random = seededRandom(SEED);
    const relay = new RelayProcess();
    onTestFinished(() => relay.remove());
    await relay.start();
    const url = () => `http://127.0.0.1:${relay.port}`;
    let [acknowledged, shown] = [0, 0];
    const integrity: unknown[] = [];
    for (let round = 0; round < KILLS; round++) {
      const told: Known = new Map();
      const seen: Known = new Map();
      const limit = 1 + random.below(MOST_BEFORE);
      const kills: Promise<void>[] = [];
      let count = 0;
      const note = (document: DocumentName, question: string, value: number) => {
        noteIn(told, { document, question, value });
        if (++count === limit) kills.push(relay.kill());
      };
      const [petugas, pengawas, witness] = [
        await TestDevice.signIn(url(), 'petugas1', DEMO_PASSWORD),
        await TestDevice.signIn(url(), 'pengawas2', DEMO_PASSWORD),
        await TestDevice.signIn(url(), 'pengawas2', DEMO_PASSWORD),
      ];
      await petugas.exchange();
      await pengawas.exchange();
      // Every round its own families, so that documents do not grow without end.
      const own = take([...petugas.copies.keys()], round * 5, 5);
      const [live = 'household/none'] = take([...pengawas.copies.keys()], round, 1);
      await Promise.all([
        exchangeUntilGone(petugas, round, own, note),
        editUntilGone(pengawas, round, live, note),
        watchUntilGone(witness, round, live, seen),
      ]);
      await Promise.all(kills);
      await relay.start();
      const onDisk = householdsOnDisk(relay.data, new Set([...told.keys(), ...seen.keys()]));
      for (const [what, known] of [
        ['acknowledged', told],
        ['seen', seen],
      ] as const)
        for (const [document, answers] of known) {
          const found = onDisk.get(document)?.answers ?? {};
          const lost = [...answers].filter(([question, value]) => found[question] !== value);
          expect(lost, `${what} in ${document}, kill ${round}`).toEqual([]);
        }
      if (round % 50 === 0 || round === KILLS - 1) integrity.push(integrityOf(relay.data));
      acknowledged += count;
      for (const answers of seen.values()) shown += answers.size;
    }
    expect(acknowledged).toBeGreaterThan(10 * KILLS);
    expect([...new Set(integrity.map((each) => JSON.stringify(each)))]).toEqual(['{"integrity_check":"ok"}']);
    if (KILLS > 20)
      process.stdout.write(
        `${KILLS} kills: ${acknowledged} acknowledged, ${shown} seen by another, none lost\n`,
      );
  },
  30_000 * KILLS,
);

function take<T>(list: readonly T[], from: number, count: number): T[] {
  return Array.from({ length: count }, (_, index) => list[(from + index) % list.length] as T);
}

function integrityOf(data: string): unknown {
  const database = new DatabaseSync(join(data, 'rukun.sqlite'), { readOnly: true });
  try {
    return database.prepare('PRAGMA integrity_check').get();
  } finally {
    database.close();
  }
}
