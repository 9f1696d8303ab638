/** Kinds of content in the first byte of a struct that matter here; the others no document of ours holds. */
export const CONTENT = { gc: 0, deleted: 1, values: 8, last: 9, skip: 10 } as const;

/** The parts of that byte. */
export const FLAGS = { content: 31, key: 32, rightOrigin: 64, origin: 128 } as const;
