import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { Doc } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { SqliteStorage, type Storage } from '@rukun/relay';
import type { AuditHead } from '../../../packages/relay/src/audit/chain.ts';
import { AuditKeys } from '../../../packages/relay/src/audit/keys.ts';
import { recordEvent } from '../../../packages/relay/src/audit/record.ts';
import { verifyAudit, type Verification } from '../../../packages/relay/src/audit/verify.ts';
import { Compactor } from '../../../packages/relay/src/compaction/compactor.ts';
import { systemClock } from '../../../packages/relay/src/monitoring/system.ts';
import { readAudit } from '../../../packages/relay/src/storage/sqlite/audit-source.ts';
import { databasePath } from '../../../packages/relay/src/storage/sqlite/data-folder.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const H1: DocumentName = 'household/h1';
const H2: DocumentName = 'household/h2';
export const KEY = Buffer.alloc(32, 7).toString('base64');
const AREA = '7102990001000100';

/** A data folder with an audit log of every sort of entry; two documents of `rows` rows, merged where that is due. */
export class AuditedFolder {
  readonly data: string;
  readonly storage: Storage;
  /** What the check is given. */
  keys: AuditKeys;

  private constructor(data: string, keys: AuditKeys) {
    this.data = data;
    this.keys = keys;
    this.storage = SqliteStorage.openFolder(data, seededRandom(1), () => this.keys);
  }

  /** Makes one; the caller removes it. */
  static make(rows: number): AuditedFolder {
    const folder = new AuditedFolder(mkdtempSync(join(tmpdir(), 'rukun-audit-')), keysOf(KEY));
    folder.#fill(rows);
    return folder;
  }

  /** The same in a folder of its own, gone when the test ends. */
  copy(): AuditedFolder {
    const data = mkdtempSync(join(tmpdir(), 'rukun-audit-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    cpSync(this.data, data, { recursive: true });
    const copy = new AuditedFolder(data, this.keys);
    onTestFinished(() => copy.storage.close());
    return copy;
  }

  remove(): void {
    this.storage.close();
    rmSync(this.data, { recursive: true, force: true });
  }

  #fill(rows: number): void {
    const ani = { person: 'ani', device: 'd1' };
    this.storage.transact((writer) => {
      recordEvent(writer, { kind: 'signed-in', ...ani });
      writer.addDocument(H1, 'household', AREA);
      writer.addDocument(H2, 'household', AREA);
    });
    this.#write(rows);
    this.storage.transact((writer) => {
      const documents = [H1, H2];
      recordEvent(writer, { kind: 'read', ...ani, role: 'officer', how: 'exchange', documents });
      recordEvent(writer, { kind: 'signed-out', ...ani });
    });
    const log = { info: () => undefined, error: () => undefined };
    const compactor = new Compactor({ storage: this.storage, clock: systemClock, log });
    while (compactor.compactOne());
    compactor.close();
  }

  get head(): AuditHead {
    return this.storage.read((reader) => reader.auditHead());
  }

  /** What a check finds, beside the relay that still has the folder. */
  verify(...heads: AuditHead[]): Verification {
    return readAudit(databasePath(this.data), (source) => verifyAudit(source, this.keys, heads));
  }

  /** Does to the database what somebody can who has the file: no trigger is in the way. */
  tamper(work: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(databasePath(this.data));
    for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${String(name)}`);
    database.exec('PRAGMA foreign_keys = OFF');
    work(database);
    database.close();
  }

  /** Rows of two documents by turns, by two people, a few to a transaction. */
  #write(rows: number): void {
    const docs = { [H1]: new Doc(), [H2]: new Doc() };
    for (let row = 0; row < rows; row += 5) {
      this.storage.transact((writer) => {
        for (let index = row; index < Math.min(row + 5, rows); index++) {
          const document = index % 2 === 0 ? H1 : H2;
          const person = index % 3 === 0 ? 'ani' : 'budi';
          const update = edit(docs[document], index);
          const at = { deviceAt: 1000 + index, receivedAt: 2000 + index };
          writer.append({
            document,
            update,
            source: 'device',
            person,
            device: `d-${person}`,
            ...at,
            marks: [],
          });
        }
      });
    }
  }
}

function edit(doc: Doc | undefined, value: number): Uint8Array {
  if (!doc) throw new RangeError('no such document');
  let made: Uint8Array = new Uint8Array();
  doc.once('update', (update: Uint8Array) => (made = update));
  doc.getMap('answers').set('303', value);
  return made;
}

/** The keys in a text that holds some. */
export function keysOf(text: string): AuditKeys {
  const keys = AuditKeys.parse(text);
  if (!keys) throw new Error('no keys');
  return keys;
}
