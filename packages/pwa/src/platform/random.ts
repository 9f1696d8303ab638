import type { Random } from '@rukun/core/foundation';

/** The browser's source of chance, good enough for ids. */
export const systemRandom: Random = {
  next() {
    const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
    return word / 2 ** 32;
  },
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
