import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyUpdate, Doc, mergeUpdates } from 'yjs';
import { erasureContract } from './erasure.contract.ts';
import { refusalContract } from './refusal.contract.ts';
import {
  ANI,
  AREA,
  BUDI,
  edits,
  NOWHERE,
  takeReceipt,
  unsentRows,
  type StoreUnderTest,
} from './store-under-test.ts';

/** What every DocumentStore has to do; each adapter runs it once. */
export function documentStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  refusalContract(name, open);
  erasureContract(name, open);
  describe(`document store: ${name}`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.dispose();
    });

    test('[DV27] knows nothing at first', async () => {
      expect(await under.store.updates(ANI)).toEqual([]);
      expect(await under.store.outbox(1000)).toEqual([]);
      expect(await under.store.position()).toEqual({ epoch: '', feeds: [] });
    });

    test('[DV3] keeps updates of a document in the order they were stored, over a restart', async () => {
      const [first, second] = edits('a', 'b');
      await under.store.appendLocal(ANI, first, 1);
      await under.store.appendRemote(ANI, second);
      under = await under.reopen();
      expect(await under.store.updates(ANI)).toEqual([first, second]);
      expect(await under.store.updates(BUDI)).toEqual([]);
    });

    test('[DV4] row numbers count up over all documents and over a restart', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      const rows = [
        await under.store.appendLocal(ANI, first, 1),
        await under.store.appendLocal(BUDI, second, 2),
      ];
      under = await under.reopen();
      rows.push(await under.store.appendLocal(ANI, third, 3));
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      expect(new Set(rows).size).toBe(3);
    });

    test('[DV5] what is local is unsent until the relay says it is stored; what is remote never is', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.appendLocal(ANI, first, 61_000);
      await under.store.appendRemote(ANI, second);
      under = await under.reopen();
      expect(await under.store.outbox(1000)).toEqual([
        { document: ANI, area: '', isSplit: false, rows: [{ row, update: first, at: 61_000 }] },
      ]);
      await under.store.acknowledge(ANI, row);
      under = await under.reopen();
      expect(await under.store.outbox(1000)).toEqual([]);
      expect(await under.store.updates(ANI)).toHaveLength(2);
    });

    test('[DV6] an acknowledgement reaches as far as it says and never goes back', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      const one = await under.store.appendLocal(ANI, first, 1);
      const two = await under.store.appendLocal(ANI, second, 2);
      const three = await under.store.appendLocal(ANI, third, 3);
      await under.store.acknowledge(ANI, two);
      await under.store.acknowledge(ANI, one);
      expect(await unsentRows(under.store)).toEqual([three]);
    });

    test('[DV6] an acknowledgement of one document leaves another alone', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.appendLocal(ANI, first, 1);
      const later = await under.store.appendLocal(BUDI, second, 2);
      await under.store.acknowledge(BUDI, later);
      expect(await unsentRows(under.store)).toEqual([row]);
    });

    test('[DV7] the outbox starts with the oldest unsent edit and stops after the aim', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      await under.store.appendLocal(BUDI, first, 1);
      await under.store.appendLocal(ANI, second, 2);
      await under.store.appendLocal(BUDI, third, 3);
      expect((await under.store.outbox(1_000_000)).map(({ document }) => document)).toEqual([BUDI, ANI]);
      const [only, ...others] = await under.store.outbox(1);
      expect(only?.rows.map(({ update }) => update)).toEqual([first, third]);
      expect(others).toEqual([]);
    });

    test('[DV8] an answer is taken over as a whole: receipts, changes, position', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.appendLocal(ANI, first, 1);
      const position = {
        epoch: 'e7',
        feeds: [{ shard: '7102', cursor: 12, held: [AREA], pending: [{ area: AREA, cursor: 3 }] }],
      };
      await under.store.takeOver({
        receipts: [{ document: ANI, upTo: row, status: 'stored' }],
        changes: [{ document: BUDI, area: AREA, update: second }],
        whole: [],
        position,
      });
      under = await under.reopen();
      expect(await under.store.position()).toEqual(position);
      expect(await under.store.outbox(1000)).toEqual([]);
      expect(await under.store.updates(BUDI)).toEqual([second]);
    });

    test('[DV9] an edit made while its document was on the way stays unsent', async () => {
      const [first, second] = edits('a', 'b');
      const sent = await under.store.appendLocal(ANI, first, 1);
      const later = await under.store.appendLocal(ANI, second, 2);
      await takeReceipt(under.store, { document: ANI, upTo: sent, status: 'stored' });
      expect(await unsentRows(under.store)).toEqual([later]);
    });

    test('[DV10] a new household names its area until the relay has stored something of it', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.createLocal(ANI, AREA, first, 1);
      under = await under.reopen();
      expect((await under.store.outbox(1000))[0]).toMatchObject({ document: ANI, area: AREA });
      await under.store.acknowledge(ANI, row);
      await under.store.appendLocal(ANI, second, 2);
      expect((await under.store.outbox(1000))[0]).toMatchObject({ document: ANI, area: '' });
    });

    test('[DV11] what was refused for good is kept, and sent again only with a later edit', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.appendLocal(ANI, first, 1);
      await takeReceipt(under.store, {
        document: ANI,
        upTo: row,
        status: 'refused',
        code: 'forbidden',
        paths: [],
      });
      under = await under.reopen();
      expect(await under.store.outbox(1000)).toEqual([]);
      expect(await under.store.updates(ANI)).toEqual([first]);
      const later = await under.store.appendLocal(ANI, second, 2);
      expect(await unsentRows(under.store)).toEqual([row, later]);
    });

    test('[DV12] what the relay could not take just now stays in the outbox', async () => {
      const [first] = edits('a');
      const row = await under.store.appendLocal(ANI, first, 1);
      await takeReceipt(under.store, {
        document: ANI,
        upTo: row,
        status: 'refused',
        code: 'unavailable',
        paths: [],
      });
      await takeReceipt(under.store, { document: ANI, upTo: row, status: 'resync' });
      expect(await unsentRows(under.store)).toEqual([row]);
    });

    test('[DV13] resend brings back the whole local log and nothing of the relay', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      await under.store.appendLocal(ANI, first, 1);
      await under.store.appendRemote(ANI, second);
      const row = await under.store.appendLocal(ANI, third, 2);
      await under.store.acknowledge(ANI, row);
      await under.store.resend(ANI);
      under = await under.reopen();
      expect((await under.store.outbox(1000))[0]?.rows.map(({ update }) => update)).toEqual([first, third]);
    });

    test('[EP8] an answer from another epoch marks everything written here as unsent, in the same transaction', async () => {
      const [first, second] = edits('a', 'b');
      const one = await under.store.appendLocal(ANI, first, 1);
      const two = await under.store.appendLocal(BUDI, second, 2);
      await under.store.takeOver({
        receipts: [
          { document: ANI, upTo: one, status: 'stored' },
          { document: BUDI, upTo: two, status: 'stored' },
        ],
        changes: [],
        whole: [],
        position: NOWHERE,
      });
      expect(await unsentRows(under.store)).toEqual([]);
      const position = { epoch: 'another', feeds: [] };
      await under.store.takeOver({ receipts: [], changes: [], whole: [], position });
      under = await under.reopen();
      expect(await unsentRows(under.store)).toEqual([one, two]);
    });

    test('[EP17] a receipt that comes with another epoch leaves everything unsent', async () => {
      const [first, second] = edits('a', 'b');
      const one = await under.store.appendLocal(ANI, first, 1);
      await takeReceipt(under.store, { document: ANI, upTo: one, status: 'stored' });
      const two = await under.store.appendLocal(ANI, second, 2);
      await under.store.takeOver({
        receipts: [{ document: ANI, upTo: two, status: 'stored' }],
        changes: [],
        whole: [],
        position: { epoch: 'another', feeds: [] },
      });
      expect(await unsentRows(under.store)).toEqual([one, two]);
    });

    test('[DV60] a document refused whole stays until the next edit, with all that was written by then', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      const one = await under.store.appendLocal(ANI, first, 1);
      const two = await under.store.appendLocal(ANI, second, 2);
      const refusal = { status: 'refused', code: 'forbidden', paths: [] } as const;
      await takeReceipt(under.store, { document: ANI, upTo: one, ...refusal });
      expect(await under.store.outbox(1000)).toEqual([]);
      const three = await under.store.appendLocal(ANI, third, 3);
      expect(await unsentRows(under.store)).toEqual([one, two, three]);
    });

    test('[DV28] names all documents that are here', async () => {
      const [first, second] = edits('a', 'b');
      await under.store.appendLocal(ANI, first, 1);
      await under.store.appendRemote(BUDI, second);
      expect([...(await under.store.documents())].sort()).toEqual([ANI, BUDI]);
      expect(await under.store.contents('household/nobody')).toBeNull();
    });

    test('[AU7] a resend, and another epoch, name the area again: the relay may have lost the whole household', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.createLocal(ANI, AREA, first, 1);
      await takeReceipt(under.store, { document: ANI, upTo: row, status: 'stored' });
      await under.store.appendRemote(BUDI, second);
      await under.store.resend(ANI);
      under = await under.reopen();
      expect((await under.store.outbox(1000)).map(({ document, area }) => [document, area])).toEqual([
        [ANI, AREA],
      ]);
      await under.store.acknowledge(ANI, row);
      await under.store.takeOver({
        receipts: [],
        changes: [],
        whole: [],
        position: { epoch: 'e2', feeds: [] },
      });
      under = await under.reopen();
      expect((await under.store.outbox(1000)).map(({ document, area }) => [document, area])).toEqual([
        [ANI, AREA],
      ]);
    });

    test('[AU7] what is held: every document with its area, and whether its edits are under way or refused', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      const row = await under.store.createLocal(ANI, AREA, first, 1);
      const held = async () =>
        (await under.store.held()).map(({ document, area, isWaiting }) => [document, area, isWaiting]).sort();
      await under.store.takeOver({
        receipts: [],
        changes: [{ document: BUDI, area: AREA, update: second }],
        whole: [],
        position: NOWHERE,
      });
      under = await under.reopen();
      expect(await held()).toEqual([
        [ANI, AREA, true],
        [BUDI, AREA, false],
      ]);
      await under.store.acknowledge(ANI, row);
      const later = await under.store.appendLocal(BUDI, third, 2);
      await under.store.refuse(BUDI, later, 'forbidden', []);
      under = await under.reopen();
      expect(await held()).toEqual([
        [ANI, AREA, false],
        [BUDI, AREA, true],
      ]);
    });

    test('[DV3] the updates of a document make the document again', async () => {
      const list = edits('a', 'b', 'c');
      for (const update of list) await under.store.appendLocal(ANI, update, 1);
      const doc = new Doc({ gc: false });
      applyUpdate(doc, mergeUpdates([...(await under.store.updates(ANI))]), 'test');
      expect(doc.getMap('answers').toJSON()).toEqual({ a: 'a', b: 'b', c: 'c' });
    });
  });
}
