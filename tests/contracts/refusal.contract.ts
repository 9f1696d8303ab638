import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANI, AREA, edits, NOWHERE, takeReceipt, type StoreUnderTest } from './store-under-test.ts';

/** What every DocumentStore does with what the relay refused. */
export function refusalContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`refusals in the document store: ${name}`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(async () => {
      await under.dispose();
    });

    test('[RB3] a refusal of a part waits for the whole document; then the unsent rows are swapped at once', async () => {
      const [first, second, third, fourth] = edits('a', 'b', 'c', 'd');
      await under.store.appendRemote(ANI, first);
      const row = await under.store.appendLocal(ANI, second, 61_000);
      const refused = {
        document: ANI,
        upTo: row,
        status: 'refused',
        code: 'forbidden',
        paths: ['answers/b'],
      } as const;
      await takeReceipt(under.store, refused);
      under = await under.reopen();
      expect(await under.store.refusedDocuments()).toEqual([ANI]);
      expect(await under.store.outbox(1000)).toEqual([]);
      expect((await under.store.contents(ANI))?.refusal).toEqual({
        code: 'forbidden',
        paths: ['answers/b'],
        upTo: row,
        hasWhole: false,
      });
      const changes = [{ document: ANI, area: AREA, update: third }];
      await under.store.takeOver({ receipts: [], changes, whole: [ANI], position: NOWHERE });
      const contents = await under.store.contents(ANI);
      expect(contents).toMatchObject({ generation: 0, refusal: { hasWhole: true } });
      const swap = {
        generation: 0,
        lastRow: contents?.rows.at(-1)?.row ?? 0,
        replaced: [row],
        rows: [{ update: fourth, at: 61_000 }],
        moved: [[5, 0, 2, 9, 0]] as const,
        refused: [
          {
            document: ANI,
            path: 'answers/b',
            value: 'b',
            standing: null,
            code: 'forbidden' as const,
            at: 61_000,
          },
        ],
      };
      expect(await under.store.rebuild(ANI, { ...swap, lastRow: swap.lastRow - 1 })).toBe(false);
      expect(await under.store.rebuild(ANI, { ...swap, generation: 1 })).toBe(false);
      expect(await under.store.rebuild(ANI, swap)).toBe(true);
      under = await under.reopen();
      expect(await under.store.rebuild(ANI, swap)).toBe(false);
      expect(await under.store.refusedDocuments()).toEqual([]);
      expect(await under.store.contents(ANI)).toMatchObject({
        generation: 1,
        rebuilds: 1,
        refusal: null,
        moved: [[5, 0, 2, 9, 0]],
      });
      expect(
        (await under.store.outbox(1000)).map(({ rows }) => rows.map(({ update, at }) => [update, at])),
      ).toEqual([[[fourth, 61_000]]]);
      expect(await under.store.updates(ANI)).toEqual([first, third, fourth]);
      expect(await under.store.refusedEdits(ANI)).toEqual(swap.refused);
      await under.store.forgetRefused(ANI);
      under = await under.reopen();
      expect(await under.store.refusedEdits(ANI)).toEqual([]);
    });

    test('[RB4] an edit of a copy that was opened before a rebuild is not kept', async () => {
      const [first, second] = edits('a', 'b');
      const row = await under.store.appendLocal(ANI, first, 1, 0);
      expect(row).not.toBeNull();
      const rebuilt = { generation: 0, lastRow: row ?? 0, replaced: [], rows: [], moved: [], refused: [] };
      expect(await under.store.rebuild(ANI, rebuilt)).toBe(true);
      expect(await under.store.appendLocal(ANI, second, 1, 0)).toBeNull();
      expect(await under.store.updates(ANI)).toEqual([first]);
      expect(await under.store.appendLocal(ANI, second, 1, 1)).not.toBeNull();
    });

    test('[RB5] a refusal of several edits sends them one by one; what is stored after the refused one does not hide it', async () => {
      const [first, second, third] = edits('a', 'b', 'c');
      const one = await under.store.appendLocal(ANI, first, 1);
      const two = await under.store.appendLocal(ANI, second, 2);
      const three = await under.store.appendLocal(ANI, third, 3);
      const code = { status: 'refused', code: 'bad-content', paths: ['answers/b'] } as const;
      await takeReceipt(under.store, { document: ANI, upTo: three, ...code });
      under = await under.reopen();
      expect((await under.store.outbox(1000))[0]).toMatchObject({ isSplit: true });
      expect(await under.store.refusedDocuments()).toEqual([]);
      await under.store.takeOver({
        receipts: [
          { document: ANI, upTo: one, status: 'stored' },
          { document: ANI, upTo: two, ...code },
          { document: ANI, upTo: three, status: 'stored' },
        ],
        changes: [],
        whole: [],
        position: NOWHERE,
      });
      expect(await under.store.contents(ANI)).toMatchObject({ storedUpTo: one, refusal: { upTo: two } });
      expect(await under.store.outbox(1000)).toEqual([]);
    });

    test('[RB30] a household the relay has nothing of is rebuilt without waiting for it', async () => {
      const [first] = edits('a');
      const row = await under.store.createLocal(ANI, AREA, first, 1);
      await takeReceipt(under.store, {
        document: ANI,
        upTo: row,
        status: 'refused',
        code: 'bad-content',
        paths: ['answers/a'],
      });
      expect(await under.store.contents(ANI)).toMatchObject({ refusal: { hasWhole: true } });
    });
  });
}
