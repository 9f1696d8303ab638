import type { Clock } from '@rukun/core/foundation';
import { plainSeal } from '../../packages/pwa/src/stores/plain-seal.ts';
import { VaultDatabase } from '../../packages/pwa/src/stores/vault-database.ts';
import { Vault } from '../../packages/pwa/src/stores/vault.ts';

let count = 0;

/** A database name no other test of this page uses. */
export function freshName(): string {
  count++;
  return `test-${count}-${crypto.randomUUID()}`;
}

/** A vault on the named database of real IndexedDB; two with one name are two tabs. */
export function openVault(name: string, clock: Clock): Vault {
  return new Vault(new VaultDatabase(name), plainSeal, clock);
}
