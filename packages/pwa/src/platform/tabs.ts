/** The other tabs of this app on this device. */
export interface Tabs {
  /** Runs `work` when this tab leads; the others wait until it is closed. `work` is never called twice. */
  lead(work: () => void): void;
  /** Runs `work` while no other tab runs one of the same name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Tells the other tabs. Names of documents and keys at most; never anything personal. */
  tell(message: TabMessage): void;
  /** Calls back for what other tabs tell; returns how to stop. */
  onMessage(heard: (message: TabMessage) => void): () => void;
}

export type TabMessage =
  /** Rows or the catalogue entries of these documents changed in the device's database; empty: all of them may have. */
  | { readonly type: 'changed'; readonly documents: readonly string[] }
  /** Somebody signed in or out, or set something for all tabs. */
  | { readonly type: 'session' }
  /** A tab that has just started asks those that are unlocked. */
  | { readonly type: 'key-wanted' }
  /** Somebody unlocked; the key cannot be taken out of its object. */
  | { readonly type: 'key'; readonly person: string; readonly key: CryptoKey }
  /** All tabs lock. */
  | { readonly type: 'lock' }
  /** Somebody uses this tab. */
  | { readonly type: 'active' }
  /** The leader is asked to run an exchange. */
  | { readonly type: 'exchange' }
  /** What the leader knows about the link. */
  | { readonly type: 'sync-state'; readonly state: unknown };

/** Messages that are nothing but their type. */
const BARE: ReadonlySet<unknown> = new Set(['session', 'exchange', 'key-wanted', 'lock', 'active']);

/** Tabs through Web Locks and a BroadcastChannel. */
export function browserTabs(name: string): Tabs {
  const channel = new BroadcastChannel(name);
  return {
    lead(work) {
      void navigator.locks.request(`${name}.leader`, () => {
        work();
        return new Promise(() => {
          // held until the tab is closed
        });
      });
    },
    alone: (what, work) => navigator.locks.request(`${name}.${what}`, work),
    tell(message) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target
      channel.postMessage(message);
    },
    onMessage(heard) {
      const listen = (event: MessageEvent<unknown>): void => {
        if (isTabMessage(event.data)) heard(event.data);
      };
      channel.addEventListener('message', listen);
      return () => {
        channel.removeEventListener('message', listen);
      };
    },
  };
}

/** The other tab may run another version of the app. */
function isTabMessage(data: unknown): data is TabMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  if (data.type === 'changed') {
    return (
      'documents' in data &&
      Array.isArray(data.documents) &&
      data.documents.every((name) => typeof name === 'string')
    );
  }
  if (data.type === 'key')
    return (
      'person' in data && typeof data.person === 'string' && 'key' in data && data.key instanceof CryptoKey
    );
  return BARE.has(data.type) || (data.type === 'sync-state' && 'state' in data);
}
