import type { id } from './id.ts';

/** The keys of all texts: Indonesian is written first, every other language must have the same ones. */
export type MessageKey = keyof typeof id;

/** A whole language. A missing translation does not compile. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Languages of the screens. */
export type Language = 'id' | 'en';
