import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { fail, ok, type Result } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import { auditAll, openUpdates, type AuditReport, type AuditTransport } from '@rukun/core/sync';
import type { Storage } from '@rukun/relay';
import { beginEpoch } from '../../../packages/relay/src/storage/epoch.ts';
import { addHousehold, AREA, HOUSEHOLD, openRelay } from '../../relay/support/open-relay.ts';
import { NINE, TestDevice } from '../../relay/support/test-device.ts';
import { answerUpdates, auditParts, damaged } from '../../support/audit-parts.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const SAME: AuditReport = { compared: 2, differing: 0, healed: 0, missingAtRelay: 0 };

/** A device with a store that audits over HTTP, and counts what goes over the wire. */
class Auditing implements AuditTransport {
  store = new MemoryDocumentStore();
  url: string;
  readonly #token: string;
  readonly sent: { readonly path: string; readonly up: number; readonly down: number }[] = [];

  constructor({ url, token }: TestDevice) {
    this.url = url;
    this.#token = token;
  }

  static async signIn(url: string, userName: string): Promise<Auditing> {
    return new Auditing(await TestDevice.signIn(url, userName));
  }

  exchange = (body: Uint8Array): Promise<Result<Uint8Array>> => this.#post('/api/exchange', body);
  audit = (body: Uint8Array): Promise<Result<Uint8Array>> => this.#post('/api/audit', body);

  async auditAll(): Promise<AuditReport> {
    this.sent.length = 0;
    const report = await auditAll(this.store, this, auditParts());
    if (!report.ok) throw new Error(`the audit failed: ${report.failure.code}`);
    return report.value;
  }

  async answer(document: DocumentName, question: string, value: string): Promise<void> {
    const saw = await this.store.updates(document);
    for (const update of answerUpdates([[question, value]], saw))
      await this.store.appendLocal(document, update, NINE);
  }

  async answers(document: DocumentName): Promise<Record<string, unknown>> {
    return openUpdates(await this.store.updates(document))
      .getMap('answers')
      .toJSON();
  }

  async #post(path: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    const packed = gzipSync(body);
    const response = await fetch(this.url + path, {
      method: 'POST',
      body: packed,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-encoding': 'gzip',
        'accept-encoding': 'gzip',
      },
    });
    if (!response.ok) return fail('unavailable');
    const answer = new Uint8Array(await response.arrayBuffer());
    const down = response.headers.has('content-encoding') ? gzipSync(answer).byteLength : answer.byteLength;
    this.sent.push({ path, up: packed.byteLength, down });
    return ok(answer);
  }
}

function onDisk(storage: Storage, document: DocumentName): Record<string, unknown> {
  return storage.read((reader) => openUpdates(reader.updates(document)).getMap('answers').toJSON());
}

/** A relay on a file, and how to open the backup of it that was made at `save`. */
async function relayWithBackup() {
  const folder = mkdtempSync(join(tmpdir(), 'rukun-audit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = new DatabaseSync(join(folder, 'relay.sqlite'));
  const opened = await openRelay({ database });
  const backup = join(folder, 'backup.sqlite');
  return {
    ...opened,
    save() {
      database.exec(`VACUUM INTO '${backup}'`);
    },
    async restore(epoch: 'same' | 'new') {
      const path = join(folder, `restored-${epoch}.sqlite`);
      copyFileSync(backup, path);
      const restored = await openRelay({ database: new DatabaseSync(path), seed: 7 });
      if (epoch === 'new')
        restored.storage.transact((writer) => {
          beginEpoch(writer, seededRandom(8), { at: NINE, isRecovery: true });
        });
      return restored;
    },
  };
}

test('[AU8] 250 families that are the same here and there cost one exchange and one audit of at most 1 KB', async () => {
  const { url, storage } = await openRelay();
  storage.transact((writer) => {
    for (let index = 0; index < 248; index++) addHousehold(writer, `household/family${index}`, AREA.ani);
  });
  const ani = await Auditing.signIn(url, 'ani');
  await ani.auditAll();
  await ani.answer(HOUSEHOLD.ani1, '303', '2');
  await ani.auditAll();
  expect(await ani.auditAll()).toEqual({ ...SAME, compared: 250 });
  expect(ani.sent.map(({ path }) => path)).toEqual(['/api/exchange', '/api/audit']);
  for (const { path, up, down } of ani.sent) {
    process.stdout.write(`unchanged, 250 families: ${path} ${up} bytes up, ${down} down (bodies as sent)\n`);
    expect(up + down).toBeLessThanOrEqual(1024);
  }
});

test('[AU9] what a device has lost comes back from the relay: a family, an update in the middle', async () => {
  const { url, storage } = await openRelay();
  const [ani, sari] = [await Auditing.signIn(url, 'ani'), await Auditing.signIn(url, 'sari')];
  await ani.auditAll();
  await sari.auditAll();
  await sari.answer(HOUSEHOLD.ani2, '304', '1');
  await sari.auditAll();
  await ani.auditAll();
  await ani.answer(HOUSEHOLD.ani2, '305', '2');
  expect(await ani.auditAll()).toEqual(SAME);
  const whole = ani.store;
  ani.store = await damaged(whole, (document) => document !== HOUSEHOLD.ani1);
  expect(await ani.auditAll()).toEqual({ compared: 1, differing: 1, healed: 1, missingAtRelay: 0 });
  expect(await ani.answers(HOUSEHOLD.ani1)).toEqual(onDisk(storage, HOUSEHOLD.ani1));
  for (const lost of [0, 1, 2]) {
    ani.store = await damaged(whole, (document, index) => document !== HOUSEHOLD.ani2 || index !== lost);
    expect(await ani.answers(HOUSEHOLD.ani2)).not.toEqual(onDisk(storage, HOUSEHOLD.ani2));
    expect(await ani.auditAll(), `row ${lost}`).toEqual({ ...SAME, differing: 1, healed: 1 });
    expect(await ani.answers(HOUSEHOLD.ani2)).toEqual(onDisk(storage, HOUSEHOLD.ani2));
    expect(await ani.auditAll(), `row ${lost}`).toEqual(SAME);
  }
});

test.each(['same', 'new'] as const)(
  '[AU10] own edits the relay lost come back after a restore into the %s epoch, also a whole family',
  async (epoch) => {
    const relay = await relayWithBackup();
    const ani = await Auditing.signIn(relay.url, 'ani');
    await ani.auditAll();
    relay.save();
    const added: DocumentName = 'household/ddddddddddddddd1';
    for (const update of answerUpdates([['108', 'DODI']]))
      await ani.store.createLocal(added, AREA.ani, update, NINE);
    await ani.answer(HOUSEHOLD.ani1, '303', '2');
    expect(await ani.auditAll()).toEqual({ ...SAME, compared: 3 });
    const { url, storage, errors } = await relay.restore(epoch);
    expect(onDisk(storage, HOUSEHOLD.ani1)).not.toMatchObject({ '303': '2' });
    ani.url = url;
    const report = await ani.auditAll();
    // Another epoch sends everything again by itself, before anything is compared.
    expect(report.healed).toBe(epoch === 'new' ? 0 : 2);
    expect(report).toMatchObject({ compared: 3, differing: report.healed, missingAtRelay: 0 });
    expect(onDisk(storage, HOUSEHOLD.ani1)).toMatchObject({ '303': '2' });
    expect(onDisk(storage, added)).toEqual({ '108': 'DODI' });
    expect(await ani.store.outbox(1)).toEqual([]);
    expect(await ani.auditAll()).toEqual({ ...SAME, compared: 3 });
    expect(errors).toEqual([]);
  },
);

test('[AU10] what others wrote and the relay lost is told, and stays on this device', async () => {
  const relay = await relayWithBackup();
  const [ani, sari] = [await Auditing.signIn(relay.url, 'ani'), await Auditing.signIn(relay.url, 'sari')];
  await ani.auditAll();
  await sari.auditAll();
  relay.save();
  await sari.answer(HOUSEHOLD.ani1, '304', '1');
  await sari.auditAll();
  await ani.auditAll();
  const { url, storage } = await relay.restore('same');
  ani.url = url;
  expect(await ani.auditAll()).toEqual({ ...SAME, differing: 1, missingAtRelay: 1 });
  expect(await ani.answers(HOUSEHOLD.ani1)).toMatchObject({ '304': '1' });
  expect(onDisk(storage, HOUSEHOLD.ani1)).not.toMatchObject({ '304': '1' });
  expect(await ani.store.refusedDocuments()).toEqual([]);
});
