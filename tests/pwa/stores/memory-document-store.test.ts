import { documentStoreContract } from '../../contracts/document-store.contract.ts';
import type { StoreUnderTest } from '../../contracts/store-under-test.ts';
import { MemoryDocumentStore } from '../../support/memory-document-store.ts';

documentStoreContract('memory', () => {
  const store = new MemoryDocumentStore();
  const under: StoreUnderTest = {
    store,
    reopen: () => Promise.resolve(under),
    dispose: () => Promise.resolve(),
  };
  return Promise.resolve(under);
});
