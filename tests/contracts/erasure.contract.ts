import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

/** What every DocumentStore does with a document of which something was erased. */
export function erasureContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`erasures in the document store: ${name}`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.dispose();
    });

    const tell = () =>
      under.store.takeOver({
        receipts: [],
        changes: [],
        whole: [],
        erased: [ANI, 'household/elsewhere'],
        position: { ...NOWHERE, erasures: 4 },
      });

    test('[ER11] nothing of it is sent before the whole is there; then all of it is replaced at once, what was refused included', async () => {
      const [first, second, third, fourth] = edits('a', 'b', 'c', 'd');
      await under.store.appendRemote(ANI, first);
      const listed = {
        document: ANI,
        path: 'answers/x',
        value: 'x',
        standing: null,
        code: 'erased',
        at: 1,
      } as const;
      const swap = { rows: [], moved: [], replaced: [], generation: 0, lastRow: 1 };
      expect(await under.store.rebuild(ANI, { ...swap, refused: [listed] })).toBe(true);
      const row = await under.store.appendLocal(ANI, second, 1);
      await under.store.appendLocal(BUDI, second, 1);
      await tell();
      under = await under.reopen();
      expect(await under.store.position()).toEqual({ ...NOWHERE, erasures: 4 });
      expect((await under.store.outbox(1000)).map(({ document }) => document)).toEqual([BUDI]);
      expect(await under.store.refusedDocuments()).toEqual([ANI]);
      expect(await under.store.documents()).not.toContain('household/elsewhere');
      const changes = [{ document: ANI, area: AREA, update: third }];
      await under.store.takeOver({
        receipts: [],
        changes,
        whole: [ANI],
        position: { ...NOWHERE, erasures: 4 },
      });
      const contents = await under.store.contents(ANI);
      const whole = contents?.rows.at(-1)?.row ?? 0;
      expect(contents?.refusal).toMatchObject({ code: 'erased', hasWhole: true, wholeRow: whole });
      const replaced = contents?.rows.filter((each) => each.row !== whole).map((each) => each.row) ?? [];
      expect(replaced).toContain(row);
      const rows = [{ update: fourth, at: 1 }];
      const { generation = 0 } = contents ?? {};
      const rebuilt = {
        generation,
        lastRow: whole,
        replaced,
        rows,
        moved: [],
        refused: [{ ...listed, value: null }],
      };
      expect(await under.store.rebuild(ANI, { ...rebuilt, isWhole: true })).toBe(true);
      under = await under.reopen();
      expect(await under.store.updates(ANI)).toEqual([third, fourth]);
      expect(await under.store.refusedEdits(ANI)).toEqual([{ ...listed, value: null }]);
      expect((await under.store.outbox(1000)).map(({ document }) => document).sort()).toEqual([ANI, BUDI]);
    });

    test('[ER12] a document that does not come any more goes whole', async () => {
      const [first, second] = edits('a', 'b');
      await under.store.appendRemote(ANI, first);
      const row = await under.store.appendLocal(ANI, second, 1);
      await takeReceipt(under.store, { document: ANI, upTo: row, status: 'stored' });
      await under.store.release(ANI);
      expect(await under.store.updates(ANI)).toEqual([first, second]);
      await tell();
      await under.store.release(ANI);
      under = await under.reopen();
      expect(await under.store.documents()).toEqual([]);
      expect(await under.store.updates(ANI)).toEqual([]);
      expect(await under.store.refusedDocuments()).toEqual([]);
    });

    test('[ER12] what was never sent stays and goes up, but for an edit that was refused as erased', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      await under.store.appendRemote(ANI, first);
      const one = await under.store.appendLocal(ANI, second, 1);
      const two = await under.store.appendLocal(ANI, third, 2);
      await tell();
      await under.store.release(ANI);
      under = await under.reopen();
      expect(await unsentRows(under.store)).toEqual([one, two]);
      expect(await under.store.updates(ANI)).toEqual([second, third]);
      for (let time = 0; time < 2; time++) {
        const refused = { status: 'refused', code: 'erased', paths: ['answers/b'] } as const;
        await takeReceipt(under.store, { document: ANI, upTo: one, ...refused });
      }
      expect((await under.store.contents(ANI))?.refusal).toMatchObject({ code: 'erased', hasWhole: false });
      await under.store.release(ANI);
      expect(await unsentRows(under.store)).toEqual([two]);
    });
  });
}
