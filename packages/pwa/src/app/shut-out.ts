import type { Clock, Random, Result } from '@rukun/core/foundation';
import { waitBeforeRetryMs } from '@rukun/core/sync';
import type { Network } from '../platform/network.ts';
import type { Tabs } from '../platform/tabs.ts';
import type { Keyring } from '../stores/keyring.ts';
import type { Vault } from '../stores/vault.ts';
import type { LockKeeper } from './lock-keeper.ts';
import type { VaultKeys } from './vault-keys.ts';

export interface ShutOutParts {
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly keys: VaultKeys;
  readonly lock: LockKeeper;
  readonly network: Network;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly random: Random;
  readonly subtle: SubtleCrypto;
  /** Families with answers that the device could not store. */
  unsaved(): number;
}

/**
 * What a device does that was shut out, once everything on it is closed: hands in what nobody has, and only when the centre
 * has stored that, forgets everything of this person. Without a link, and while it is locked, nothing happens: the vault stays
 * sealed, and the next contact begins anew. True once all is gone; false if it was locked before.
 */
export async function shutOut(parts: ShutOutParts, token: string, person: string): Promise<boolean> {
  const { keys, lock, clock, random, tabs } = parts;
  // Whoever unlocks meanwhile has nothing to do with it.
  const vault = parts.vault.lease();
  const { held } = keys;
  // Locked and opened again, the next contact begins anew.
  const isOpen = (): boolean => keys.held === held && held?.person === person;
  for (let attempt = 1; isOpen(); attempt++) {
    lock.showShutOut('handing-in');
    const done = await tabs.alone('hand-in', () => handIn({ ...parts, vault }, token, person));
    if (done.ok && isOpen() && (await forget(parts, person).catch(() => false))) return true;
    if (!isOpen()) break;
    lock.showShutOut('waiting');
    const delayMs = waitBeforeRetryMs(attempt, random, done.ok ? undefined : done.failure.waitMs);
    await new Promise<void>((resolve) => void clock.after(delayMs, resolve));
  }
  return false;
}

async function handIn(parts: ShutOutParts, token: string, person: string): Promise<Result<null>> {
  const { vault, network, subtle, random } = parts;
  // What is in memory only cannot be handed in: it waits for room on the device.
  if (parts.unsaved() > 0) return { ok: false, failure: { code: 'unavailable' } };
  try {
    // Seldom needed: it is among the files kept for offline use.
    const { handInAll } = await import('./hand-in.ts');
    return await handInAll({ vault, network, subtle, random, token, person });
  } catch {
    return { ok: false, failure: { code: 'internal' } };
  }
}

/** The vault is empty: the key goes last, for a tab that was slow may still have stored something. False if one has. */
async function forget({ vault, keyring, lock }: ShutOutParts, person: string): Promise<boolean> {
  if ((await vault.waitingCount()) > 0) return false;
  vault.database.revoke();
  await vault.database.destroy();
  await keyring.change(person, () => null);
  await vault.database.use(null);
  await lock.left();
  lock.showShutOut('done');
  return true;
}
