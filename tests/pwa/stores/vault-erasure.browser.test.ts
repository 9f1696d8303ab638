import { afterEach, expect, test } from 'vitest';
import { Doc, encodeStateAsUpdate } from 'yjs';
import type { DocumentName } from '@rukun/core/protocol';
import { rebuiltOf } from '@rukun/core/sync';
import { Catalogue } from '../../../packages/pwa/src/stores/catalogue.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';
const SECRET = 'ZULAIKHA';
const POSITION = { epoch: 'e', feeds: [] };

const name = freshName();
const vault = openVault(name, new VirtualClock());
afterEach(() => vault.database.destroy());

/** Stores of the database in which a text stands, in any field of any record, bytes as text. */
async function storesWith(text: string): Promise<string[]> {
  await vault.database.close();
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(new Error('cannot open')));
  });
  const found: string[] = [];
  for (const store of database.objectStoreNames) {
    const rows = await new Promise<unknown[]>((resolve) => {
      const request = database.transaction(store).objectStore(store).getAll();
      request.addEventListener('success', () => resolve(request.result));
    });
    const shown = JSON.stringify(rows, (_, value: unknown) =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
    );
    if (shown.includes(text)) found.push(store);
  }
  database.close();
  return found;
}

function update(root: string, key: string, value: string): Uint8Array {
  const doc = new Doc();
  doc.getMap(root).set(key, value);
  return encodeStateAsUpdate(doc);
}

test('[ER11] nothing of an erased person stays in the vault: no row, no line of the list, no refused edit', async () => {
  await vault.appendRemote(ANI, update('member/k1', '402', SECRET));
  await vault.appendLocal(ANI, update('member/k1', '403', SECRET), 1);
  const before = await vault.contents(ANI);
  const edit = {
    document: ANI,
    path: 'member/k1/402',
    value: SECRET,
    standing: null,
    code: 'forbidden',
    at: 1,
  } as const;
  const lastRow = before?.rows.at(-1)?.row ?? 0;
  const swap = { generation: 0, lastRow, replaced: [], rows: [], moved: [], refused: [edit] };
  expect(await vault.rebuild(ANI, swap)).toBe(true);
  await new Catalogue(vault).put([{ document: ANI, upToRow: lastRow, entry: { head: SECRET } }]);
  expect((await storesWith(SECRET)).sort()).toEqual(['documents', 'refused', 'updates']);

  await vault.takeOver({
    receipts: [],
    changes: [],
    whole: [],
    erased: [ANI],
    position: { ...POSITION, erasures: 1 },
  });
  const mark = new Doc();
  mark.getMap('erased/e1').set('member', 'k1');
  mark.getMap('erased/e1').set('at', 1);
  const changes = [{ document: ANI, area: '', update: encodeStateAsUpdate(mark) }];
  await vault.takeOver({ receipts: [], changes, whole: [ANI], position: { ...POSITION, erasures: 1 } });
  const contents = await vault.contents(ANI);
  if (!contents) throw new Error('no contents');
  const rebuilt = rebuiltOf(ANI, contents, seededRandom(1), await vault.refusedEdits(ANI));
  expect(await vault.rebuild(ANI, rebuilt)).toBe(true);

  expect(await storesWith(SECRET)).toEqual([]);
  expect(await vault.refusedEdits(ANI)).toMatchObject([
    { path: 'member/k1/402', value: null, code: 'erased' },
    { path: 'member/k1/403', value: null, code: 'erased' },
  ]);
  expect(await new Catalogue(vault).stale()).toEqual([ANI]);
});
