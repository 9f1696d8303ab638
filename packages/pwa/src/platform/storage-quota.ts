/** What the browser says about this origin's room on the device, and what can be done about it. */
export interface StorageQuota {
  /** Asks that it is not thrown away when the device runs full; false if the browser would not promise. */
  persist(): Promise<boolean>;
  read(): Promise<{
    readonly persisted: boolean;
    readonly usage: number | null;
    readonly quota: number | null;
  }>;
  /** Drops copies that can be fetched again and are not in use; resolves with how many. Never what was written here. */
  makeRoom(isInUse: (name: string) => boolean): Promise<number>;
  /** Calls back when a write that nobody waited for was refused for want of room (shared documents, caches). */
  onRefused(heard: () => void): void;
}

/** The quota of this window; without the API (plain http) nothing is promised and nothing known. */
export function windowStorageQuota(storage: StorageManager | undefined): StorageQuota {
  return {
    persist: async () => (await storage?.persist()) ?? false,
    async read() {
      if (!storage) return { persisted: false, usage: null, quota: null };
      const [persisted, { usage, quota }] = await Promise.all([storage.persisted(), storage.estimate()]);
      return { persisted, usage: usage ?? null, quota: quota ?? null };
    },
    async makeRoom(isInUse) {
      const { dropRefetchable } = await import('./refetchable-copies.ts');
      return dropRefetchable(isInUse);
    },
    onRefused(heard) {
      addEventListener('unhandledrejection', (event) => {
        if (isQuotaRefusal(event.reason)) heard();
      });
    },
  };
}

/** y-indexeddb wraps the browser's reason into an error that names it. */
function isQuotaRefusal(reason: unknown): boolean {
  if (!(reason instanceof Error || reason instanceof DOMException)) return false;
  return reason.name === 'QuotaExceededError' || reason.message.startsWith('QuotaExceededError');
}
