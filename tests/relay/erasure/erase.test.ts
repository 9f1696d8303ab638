import { join } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSnapshot } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import { SqliteStorage, type Storage } from '@rukun/relay';
import { readLedger } from '../../../packages/relay/src/erasure/ledger-file.ts';
import { eraseInBackup } from '../../../packages/relay/src/erasure/shelf.ts';
import { backUp } from '../../../packages/relay/src/storage/sqlite/backup.ts';
import { restore } from '../../../packages/relay/src/storage/sqlite/restore.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { LiveClient } from '../support/live-client.ts';
import type { TestDevice } from '../support/test-device.ts';
import {
  emptyFolder,
  FAMILY,
  OTHERS,
  AUDIT_KEYS,
  relayWithFamily,
  SECRETS,
  type FamilyRelay,
} from './family-under-test.ts';
import { foundInDatabase, foundInFiles } from './raw-scan.ts';

const DATABASE = 'rukun.sqlite';

async function erase(device: TestDevice, body: object, document: DocumentName = FAMILY): Promise<Response> {
  return device.fetch(`/api/documents/${document}/erase`, { method: 'POST', body: JSON.stringify(body) });
}

const snapshotOf = (storage: Storage) =>
  storage.read((reader) => readSnapshot(Scratch.open(reader.updates(FAMILY)).doc));

/** All that is known of the rows of the log but what they hold. */
const rowsOf = (storage: Storage) =>
  storage.read((reader) => reader.log(FAMILY).map((row) => ({ ...row, update: null })));

async function everything(device: TestDevice, { storage }: FamilyRelay): Promise<string> {
  const last = storage.read((reader) => reader.lastSeq());
  const paths = ['history', 'moments', ...[10, 40, last].map((commit) => `at/${commit}`)];
  const answers = await Promise.all(paths.map((path) => device.fetch(`/api/documents/${FAMILY}/${path}`)));
  const bodies = await Promise.all(answers.map((answer) => answer.arrayBuffer()));
  return bodies.map((body) => Buffer.from(body).toString('utf8')).join('\n');
}

test('[ER7] [ER8] after an erasure nothing of the person is in any table, file, journal, answer or room', async () => {
  const opened = await relayWithFamily();
  const { data, member, ani, admin, storage } = opened;
  const file = join(data, DATABASE);
  const found = [...foundInDatabase(file, SECRETS), ...foundInFiles(data, SECRETS)].join('\n');
  expect(SECRETS.filter((secret) => !found.includes(secret))).toEqual([]);
  for (const place of ['log.update', 'refused.bytes', 'quarantine.update', DATABASE])
    expect(found).toContain(place);
  expect(await everything(ani, opened)).toContain(SECRETS[0]);
  const [before, rows] = [snapshotOf(storage), rowsOf(storage)];
  expect(rows.some(({ first, seq }) => first < seq)).toBe(true);
  const live = await LiveClient.open(ani, FAMILY);

  const response = await erase(admin, { request: 'S-12/2026', member });
  expect(response.status).toBe(200);
  expect(SECRETS.filter((secret) => JSON.stringify(response).includes(secret))).toEqual([]);
  expect(await live.closed).toBe(4410);

  expect(foundInDatabase(file, SECRETS)).toEqual([]);
  expect(foundInFiles(data, SECRETS)).toEqual([]);
  const text = await everything(ani, opened);
  expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  for (const other of OTHERS) expect(text).toContain(other);
  expect(rowsOf(storage).slice(0, rows.length)).toEqual(rows);
  const after = snapshotOf(storage);
  expect(after.members.map(({ id }) => id)).toEqual(before.members.map(({ id }) => id));
  expect(after.members.map(({ removed }) => removed !== null)).toEqual(
    before.members.map(({ removed }) => removed !== null),
  );
  expect(after.answers['303']).toBe(before.answers['303']);
  expect(after.members.find(({ isErased }) => isErased)?.id).toBe(member);
  // What is merged from now on holds the same.
  while (opened.relay.context.compactor.compactOne());
  expect(foundInFiles(data, SECRETS)).toEqual([]);
}, 60_000);

test('[ER7] what a device sends of it later is refused, and not kept among what was refused', async () => {
  const { data, member, ani, admin } = await relayWithFamily();
  await erase(admin, { request: 'S-12/2026', member });
  const { household } = ani.copy(FAMILY);
  household.answer({ member, question: '421t' }, SECRETS[3]);
  const { receipts } = await ani.exchange([ani.item(FAMILY)]);
  const paths: unknown = expect.arrayContaining([`member/${member}/421t`]);
  expect(receipts).toMatchObject([{ status: 'refused', code: 'erased', paths }]);
  expect(foundInDatabase(join(data, DATABASE), SECRETS)).toEqual([]);
}, 60_000);

test('[ER7] a whole household goes as well; it stays as a shell that is counted as before', async () => {
  const opened = await relayWithFamily();
  const { data, admin, storage } = opened;
  const all = [...SECRETS, ...OTHERS, 'KEPALA a1'];
  const before = snapshotOf(storage);
  expect((await erase(admin, { request: 'S-13/2026' })).status).toBe(200);
  expect(foundInDatabase(join(data, DATABASE), all)).toEqual([]);
  expect(foundInFiles(data, all)).toEqual([]);
  const after = snapshotOf(storage);
  expect(after).toMatchObject({ area: before.area, origin: before.origin, form: before.form, answers: {} });
  expect(after.erased).toMatchObject({ isWhole: true, wasAnswered: true });
  expect(after.members).toHaveLength(before.members.length);
  expect((await erase(admin, { request: 'S-13/2026' })).status).toBe(404);
}, 60_000);

test('[ER9] a backup from before, restored, holds nothing of the person, by the ledger of the folder or by another', async () => {
  const { data, member, admin, relay, storage } = await relayWithFamily();
  const backup = join(emptyFolder(), 'backup.sqlite');
  backUp(data, backup);
  await erase(admin, { request: 'S-12/2026', member });
  const redacted = storage.read((reader) =>
    reader.log(FAMILY).map(({ update }) => Buffer.from(update).toString('hex')),
  );
  await relay.close();
  expect(foundInDatabase(backup, SECRETS)).not.toEqual([]);
  const parts = {
    random: seededRandom(5),
    clock: new VirtualClock(),
    force: true,
    auditKeys: () => AUDIT_KEYS,
  };
  const ledger = join(data, 'erasures.ndjson');
  expect(SECRETS.filter((secret) => readFileSync(ledger, 'utf8').includes(secret))).toEqual([]);
  const elsewhere = emptyFolder();
  expect(restore(backup, elsewhere, { ...parts, erasures: ledger })).toEqual({
    aside: null,
    erased: 1,
    ended: 0,
  });
  expect(restore(backup, data, parts)).toMatchObject({ erased: 1 });
  for (const folder of [elsewhere, data]) {
    expect(foundInDatabase(join(folder, DATABASE), SECRETS)).toEqual([]);
    expect(foundInFiles(folder, SECRETS)).toEqual([]);
    const again = SqliteStorage.openFolder(folder, seededRandom(6), () => AUDIT_KEYS);
    const updates = again.read((reader) =>
      reader.log(FAMILY).map(({ update }) => Buffer.from(update).toString('hex')),
    );
    expect(updates.slice(0, -1)).toEqual(redacted.slice(0, -1));
    again.close();
  }

  const shelf = { ...parts, auditKeys: AUDIT_KEYS };
  expect(eraseInBackup(backup, readLedger(ledger), shelf)).toBe(1);
  expect(foundInFiles(join(backup, '..'), SECRETS)).toEqual([]);
  expect(eraseInBackup(backup, readLedger(ledger), shelf)).toBe(0);
  const third = emptyFolder();
  expect(restore(backup, third, parts)).toEqual({ aside: null, erased: 0, ended: 0 });
  expect(foundInFiles(third, SECRETS)).toEqual([]);
  expect(existsSync(`${backup}.erasing`)).toBe(false);
}, 60_000);

test('[ER10] only an administrator erases; a dry run says places and counts and changes nothing; what is wrong is named', async () => {
  const { member, ani, admin, storage } = await relayWithFamily();
  const rows = rowsOf(storage);
  expect((await erase(ani, { request: 'S-1', member })).status).toBe(403);
  const dry = await erase(admin, { request: 'S-1', member, dryRun: true, fields: ['answers/106'] });
  const plan = (await dry.json()) as {
    fields: string[];
    places: { path: string; values: number }[];
    isErased: boolean;
  };
  expect(plan.isErased).toBe(false);
  expect(plan.fields).toEqual(expect.arrayContaining(['answers/106', 'answers/HP', 'answers/RESP']));
  expect(plan.places).toContainEqual({ path: `member/${member}/402`, values: 2 });
  expect(SECRETS.filter((secret) => JSON.stringify(plan).includes(secret))).toEqual([]);
  const wrong: readonly (readonly [body: object, status: number, paths: string[] | undefined])[] = [
    [{ request: 'Ibu Zulaikha minta', member }, 400, ['request']],
    [{ member }, 400, ['request']],
    [{ request: 'S-1', member: 'nobody' }, 404, ['member']],
    [{ request: 'S-1', member, fields: ['answers/unknown'] }, 400, ['fields']],
    [{ request: 'S-1', member, fields: 'answers/106' }, 400, ['fields']],
    [{ request: 'S-1', member: 3 }, 400, ['member']],
  ];
  for (const [body, status, paths] of wrong) {
    const response = await erase(admin, body);
    expect(response.status, JSON.stringify(body)).toBe(status);
    expect(((await response.json()) as { paths?: string[] }).paths).toEqual(paths);
  }
  expect((await erase(admin, { request: 'S-1' }, 'household/unknown')).status).toBe(404);
  expect((await erase(admin, { request: 'S-1' }, 'board/7102990')).status).toBe(404);
  expect(rowsOf(storage)).toEqual(rows);
}, 60_000);
