import { expect, test } from 'vitest';
import { Doc, mergeUpdates } from 'yjs';
import type { DocumentNews, DocumentState, TabStore } from '@rukun/core/sync';
import { SentEdits } from '../../../packages/core/src/sync/device/sent-edits.ts';
import { StoreFollower } from '../../../packages/core/src/sync/device/store-follower.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';

/** Updates of one fresh document, each setting one key. */
function edits(...keys: readonly string[]): Uint8Array[] {
  const doc = new Doc({ gc: false });
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const key of keys) doc.getMap('answers').set(key, key);
  return updates;
}

/** A store whose rows were merged behind this tab's back: all of them now stand under the number of the tab's own row. */
class MergedStore extends MemoryDocumentStore {
  #merged: Uint8Array | null = null;

  merge(update: Uint8Array): void {
    this.#merged = update;
  }

  override async news(...parameters: Parameters<TabStore['news']>): Promise<DocumentNews> {
    const news = await super.news(...parameters);
    const state = news.state && { ...news.state, merges: 1 };
    return this.#merged ? { ...news, state, rows: [] } : news;
  }

  override updates(...parameters: Parameters<TabStore['updates']>): Promise<readonly Uint8Array[]> {
    return this.#merged ? Promise.resolve([this.#merged]) : super.updates(...parameters);
  }
}

test('[DC7] what another tab stored is taken in, also after it was merged into a row this tab wrote', async () => {
  const store = new MergedStore();
  const [own, foreign] = [edits('own'), edits('foreign')] as const;
  const first = await store.appendLocal('household/one', own[0] ?? new Uint8Array(), 1);
  const { state } = await store.news('household/one', 0, () => false);
  const applied: Uint8Array[] = [];
  const follower = new StoreFollower(
    store,
    new SentEdits(store, 'household/one', first),
    { state: state as DocumentState, row: first },
    { apply: (update) => applied.push(update), changed: () => undefined, replaced: () => undefined },
  );
  const merged = mergeUpdates([...own, ...foreign]);
  store.merge(merged);
  await follower.read();
  expect(applied).toEqual([merged]);
  await follower.read();
  expect(applied).toHaveLength(1);
});
