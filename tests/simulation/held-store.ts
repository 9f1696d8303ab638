import type { TabStore } from '@rukun/core/sync';
import type { MemoryDocumentStore } from '../support/memory-document-store.ts';
import type { World } from './world.ts';

/** The tab that works with the store: what a dead one asked for is done by nobody, and it hears of nothing. */
export interface StoreOwner {
  readonly isDead: boolean;
  /** Chance of a full disk, one in so many writes; 0: never. */
  readonly fullOnceIn: number;
}

const WRITES: ReadonlySet<string> = new Set([
  'appendLocal',
  'createLocal',
  'appendRemote',
  'takeOver',
  'acknowledge',
  'refuse',
  'rebuild',
  'resend',
]);

/**
 * A device's store as one of its tabs has it: every call waits before it is done and again before the tab hears that it is
 * done, so that a crash can fall into both.
 */
export function heldStore(
  world: World,
  store: MemoryDocumentStore,
  lane: string,
  owner: StoreOwner & object,
): TabStore {
  return new Proxy<TabStore>(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || typeof name !== 'string') return member;
      const method = member.bind(target) as (...parameters: unknown[]) => unknown;
      if (name === 'onStored')
        return (listener: (...documents: unknown[]) => void) =>
          method((...documents: unknown[]) => {
            void world.hold(`${lane}-news`, owner).then(() => listener(...documents));
          });
      return async (...parameters: unknown[]) => {
        await world.hold(lane, owner);
        if (WRITES.has(name) && owner.fullOnceIn > 0 && world.once(owner.fullOnceIn))
          throw new Error('the disk is full');
        const result = await method(...parameters);
        await world.hold(lane, owner);
        return result;
      };
    },
  });
}
