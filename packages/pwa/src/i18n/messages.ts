import type { doorId } from './door.id.ts';
import type { id } from './id.ts';

/** The keys of all texts: Indonesian is written first, every other language must have the same ones. */
export type MessageKey = keyof typeof id | DoorKey;

/** Those of the lock and of choosing a PIN. */
export type DoorKey = keyof typeof doorId;

/** A whole language. A missing translation does not compile. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Languages of the screens. */
export type Language = 'id' | 'en';
