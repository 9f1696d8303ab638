/** What the browser says about this origin's room on the device. */
export interface StorageQuota {
  /** Asks that it is not thrown away when the device runs full; false if the browser would not promise. */
  persist(): Promise<boolean>;
  read(): Promise<{
    readonly persisted: boolean;
    readonly usage: number | null;
    readonly quota: number | null;
  }>;
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
  };
}
