import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay, PASSWORD } from '../support/open-relay.ts';
import { type HouseholdCopy, TestDevice } from '../support/test-device.ts';

const MANY_PAGES = 1_000_000;

function openDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-full-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = new DatabaseSync(join(folder, 'full.sqlite'));
  const fill = () => database.exec('PRAGMA max_page_count = 1');
  const free = () => database.exec(`PRAGMA max_page_count = ${MANY_PAGES}`);
  return { database, fill, free };
}

/** More than fits into what is left of pages that are there already. */
function writeMuch(copy: HouseholdCopy): void {
  for (let count = 0; count < 10; count++) copy.answer(`x${count}`, 'x'.repeat(4000));
}

test('[EX2] a full disk: 503, no receipt, nothing kept; it goes on once there is room', async () => {
  const { database, fill, free } = openDatabase();
  const { url, storage, errors } = await openRelay({ database });
  const ani = await TestDevice.signIn(url, 'ani');
  await ani.exchange();
  writeMuch(ani.copy(HOUSEHOLD.ani1));
  const rows = storage.read((reader) => reader.lastSeq());
  fill();
  await expect(ani.exchange([ani.item(HOUSEHOLD.ani1)])).rejects.toThrow('503');
  expect(errors).toEqual(['commit.failed']);
  expect(storage.read((reader) => reader.lastSeq())).toBe(rows);
  expect((await ani.fetch('/api/health')).status).toBe(200);
  free();
  expect((await ani.exchange([ani.item(HOUSEHOLD.ani1)])).receipts[0]?.status).toBe('stored');
  const sari = await TestDevice.signIn(url, 'sari');
  await sari.exchange();
  expect(sari.copy(HOUSEHOLD.ani1).answers()).toEqual(ani.copy(HOUSEHOLD.ani1).answers());
});

test('[LV21] a full disk on a live connection: no *stored*, no broadcast, closed with 1013; a new connection recovers', async () => {
  const { database, fill, free } = openDatabase();
  const { url } = await openRelay({ database });
  const [ani, sari] = [await TestDevice.signIn(url, 'ani'), await TestDevice.signIn(url, 'sari')];
  await ani.exchange();
  const author = await LiveClient.open(ani, HOUSEHOLD.ani1);
  const watcher = await LiveClient.open(sari, HOUSEHOLD.ani1);
  const copy = ani.copy(HOUSEHOLD.ani1);
  writeMuch(copy);
  fill();
  author.send({ type: 'sync-step-2', update: ani.item(HOUSEHOLD.ani1).update });
  expect(await author.closed).toBe(1013);
  expect(author.count('stored')).toBe(0);
  expect(watcher.count('update')).toBe(0);
  free();
  const again = await LiveClient.open(ani, HOUSEHOLD.ani1);
  again.send({ type: 'sync-step-2', update: ani.item(HOUSEHOLD.ani1).update });
  await again.next('stored');
  await watcher.next('update');
  await sari.exchange();
  expect(Object.keys(sari.copy(HOUSEHOLD.ani1).answers())).toContain('x9');
});

test('[EX41] a sign-in that cannot be stored enrols nobody', async () => {
  const { database, fill, free } = openDatabase();
  const { url } = await openRelay({ database });
  const count = () => database.prepare('SELECT count(*) AS n FROM device').get()?.['n'];
  fill();
  const signIn = async () => {
    const body = JSON.stringify({ userName: 'ani', password: PASSWORD, deviceLabel: 'x'.repeat(128) });
    const before = count();
    const { status, headers } = await fetch(`${url}/api/sign-in`, { method: 'POST', body });
    return { status, wait: headers.get('retry-after'), enrolled: Number(count()) - Number(before) };
  };
  const outcomes = [await signIn()];
  // The last pages still have room for a few.
  while (outcomes.at(-1)?.status === 200 && outcomes.length < 40) outcomes.push(await signIn());
  expect(outcomes.at(-1)).toEqual({ status: 503, wait: '10', enrolled: 0 });
  free();
  await TestDevice.signIn(url, 'ani');
});
