import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentName } from '@rukun/core/protocol';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { householdsOnDisk } from '../../support/relay-database.ts';
import { RelayProcess } from '../../support/relay-process.ts';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';

/** Kill at the first sight of so many merges more. */
const ROUNDS = [1, 2];

function mergesOn(data: string): number {
  const database = new DatabaseSync(join(data, 'rukun.sqlite'), { readOnly: true });
  try {
    return Number(database.prepare('SELECT coalesce(max(number), 0) AS n FROM authorship').get()?.['n']);
  } finally {
    database.close();
  }
}

/** Edits as fast as it is acknowledged until the relay is gone; what was acknowledged. */
async function editUntilGone(
  client: LiveClient,
  device: TestDevice,
  document: DocumentName,
  round: number,
): Promise<string[]> {
  const copy = device.copy(document);
  const acknowledged: string[] = [];
  let sent = 0;
  const edit = () => {
    copy.answer(`y${round}-${++sent}`, sent);
    client.send({ type: 'update', update: copy.local.at(-1) ?? new Uint8Array() });
  };
  for (let count = 0; count < 20; count++) edit();
  client.socket.on('message', () => {
    for (const message of client.received.splice(0)) {
      if (message.type !== 'stored') continue;
      while (acknowledged.length < message.frames) {
        acknowledged.push(`y${round}-${acknowledged.length + 1}`);
        edit();
      }
    }
  });
  await client.closed;
  return acknowledged;
}

test('[CP5] a relay killed while it compacts has everything it acknowledged, and who wrote it', async () => {
  const relay = new RelayProcess();
  onTestFinished(() => relay.remove());
  await relay.start();
  const acknowledged: string[] = [];
  let document: DocumentName | undefined;
  for (const [round, merges] of ROUNDS.entries()) {
    const device = await TestDevice.signIn(`http://127.0.0.1:${relay.port}`, 'petugas1', DEMO_PASSWORD);
    await device.exchange();
    document ??= [...device.copies.keys()][0];
    if (!document) throw new Error('no family');
    // What the last round left to merge may be done before anything is edited.
    const client = await LiveClient.open(device, document);
    const before = mergesOn(relay.data);
    const editing = editUntilGone(client, device, document, round);
    await expect
      .poll(() => mergesOn(relay.data), { timeout: 30_000, interval: 5 })
      .toBeGreaterThanOrEqual(before + merges);
    await relay.kill();
    acknowledged.push(...(await editing));
    const answers = householdsOnDisk(relay.data).get(document)?.answers ?? {};
    expect(acknowledged.filter((question) => !(question in answers))).toEqual([]);
    await relay.start();
  }
  const reader = await TestDevice.signIn(`http://127.0.0.1:${relay.port}`, 'petugas1', DEMO_PASSWORD);
  if (!document) throw new Error('no family');
  const history = await reader.history(document);
  const authors = new Map(history.map(({ path, by }) => [path, by]));
  const others = acknowledged.filter(
    (question) => authors.get(`answers/${question}`) !== reader.me.person.id,
  );
  expect(others).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(200);
}, 120_000);
