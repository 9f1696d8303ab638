/** What one update may hold. An honest device stays far below; a device that has more sends it in several. */
export const BOUNDS = {
  /** Values, runs of deleted ones and delete ranges of one update, taken together. */
  pieces: 8000,
  /** Client ids one update may write under. */
  clients: 256,
  /** Client ids that may write in one document: each costs at every edit. */
  documentClients: 8192,
  /**
   * What applying an update may cost, in values copied (about 10 ns each). A run of edits of one key costs the square of its
   * length; see `sync/commit/causes.ts`.
   */
  work: 2_000_000,
  /** Values inside values: what the relay keeps beside an answer is one deep. */
  depth: 4,
  /** Clocks; far above what anybody writes, and exact in every number format on the way. */
  clock: 2 ** 31 - 1,
  /** Client ids are 32 bits on Yjs 13. */
  client: 2 ** 32 - 1,
} as const;
