import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentName } from '@rukun/core/protocol';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { householdsOnDisk } from '../../support/relay-database.ts';
import { RelayProcess } from '../../support/relay-process.ts';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';

/** Kill after so many acknowledgements; the relay is busy at that moment. */
const ROUNDS = [40, 150, 400];

type Acknowledged = Map<DocumentName, Map<string, number>>;

type Note = (document: DocumentName, question: string, value: number) => void;

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
  const client = await LiveClient.open(device, document);
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

test('[GT70] kill -9 under load: everything acknowledged is there after the restart', async () => {
  const relay = new RelayProcess();
  onTestFinished(() => relay.remove());
  await relay.start();
  const url = () => `http://127.0.0.1:${relay.port}`;
  const acknowledged: Acknowledged = new Map();
  for (const [round, limit] of ROUNDS.entries()) {
    let count = 0;
    const kills: Promise<void>[] = [];
    const note = (document: DocumentName, question: string, value: number) => {
      const answers = acknowledged.get(document) ?? new Map<string, number>();
      acknowledged.set(document, answers.set(question, value));
      if (++count === limit) kills.push(relay.kill());
    };
    const [petugas, pengawas] = [
      await TestDevice.signIn(url(), 'petugas1', DEMO_PASSWORD),
      await TestDevice.signIn(url(), 'pengawas2', DEMO_PASSWORD),
    ];
    await petugas.exchange();
    await pengawas.exchange();
    const own = [...petugas.copies.keys()].slice(0, 5);
    const live = [...pengawas.copies.keys()][0] ?? 'household/none';
    await Promise.all([
      exchangeUntilGone(petugas, round, own, note),
      editUntilGone(pengawas, round, live, note),
    ]);
    await Promise.all(kills);
    await relay.start();
    const onDisk = householdsOnDisk(relay.data);
    for (const [document, answers] of acknowledged) {
      const found = onDisk.get(document)?.answers ?? {};
      const lost = [...answers].filter(([question, value]) => found[question] !== value);
      expect(lost, `${document} after ${count} acknowledgements`).toEqual([]);
    }
    const database = new DatabaseSync(join(relay.data, 'rukun.sqlite'), { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  }
  const total = [...acknowledged.values()].reduce((sum, answers) => sum + answers.size, 0);
  expect(total).toBeGreaterThan(100);
}, 60_000);
