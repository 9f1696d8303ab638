import { documentStoreContract } from '../../contracts/document-store.contract.ts';
import type { StoreUnderTest } from '../../contracts/store-under-test.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

documentStoreContract('IndexedDB', () => {
  const clock = new VirtualClock();
  const onName = (name: string): StoreUnderTest => {
    const store = openVault(name, clock);
    return {
      store,
      async reopen() {
        await store.database.close();
        return onName(name);
      },
      dispose: () => store.database.destroy(),
    };
  };
  return Promise.resolve(onName(freshName()));
});
