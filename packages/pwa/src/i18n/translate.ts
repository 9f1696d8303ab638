import type { Text } from '@rukun/core/questionnaire';
import { en } from './en.ts';
import { id } from './id.ts';
import type { Language, MessageKey, Messages } from './messages.ts';

const LANGUAGES: Readonly<Record<Language, Messages>> = { id, en };
const STORED_AS = 'rukun.language';
const listeners = new Set<() => void>();
let current: Language = stored();

function stored(): Language {
  try {
    return localStorage.getItem(STORED_AS) === 'en' ? 'en' : 'id';
  } catch {
    return 'id';
  }
}

/** The language of the screens now. */
export function language(): Language {
  return current;
}

/** Switches the language, for this device; a choice without personal data. */
export function setLanguage(chosen: Language): void {
  current = chosen;
  document.documentElement.lang = chosen;
  try {
    localStorage.setItem(STORED_AS, chosen);
  } catch {
    // A browser that keeps nothing still shows the chosen language until it is closed.
  }
  for (const listener of listeners) listener();
}

/** Calls back after every switch; returns how to stop. */
export function onLanguage(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Looks texts up by their keys, in the language of the screens. */
type Texts<K extends string> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/** Texts of a part that is loaded when it is needed: they travel with it, not with the first load. */
export function textsOf<K extends string>(
  languages: Readonly<Record<Language, Readonly<Record<K, string>>>>,
): Texts<K> {
  return (key, values = {}) =>
    languages[current][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The text of a key, `{name}` replaced by what is given. */
export const t: Texts<MessageKey> = textsOf(LANGUAGES);

/** A text of the questionnaire in the language of the screens. */
export function tx(text: Text): string {
  return text[current];
}
