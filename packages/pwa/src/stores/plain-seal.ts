import type { KeyedSeal } from './seal.ts';

/**
 * Encrypts NOTHING: the bytes lie on the disk as they are. For tests that read what the stores wrote, and for the build that shows
 * what a profile on disk looks like without encryption; no build that is served has it.
 */
export const plainSeal: KeyedSeal = {
  use: () => undefined,
  seal: (bytes) => Promise.resolve(bytes),
  open: (bytes) => Promise.resolve(bytes),
};
