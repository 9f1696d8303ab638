import type { Text } from '@rukun/core/questionnaire';
import { doorId } from './door.id.ts';
import { id as appId } from './id.ts';
import type { Language, MessageKey, Messages } from './messages.ts';

const id: Messages = { ...appId, ...doorId };
/** The second language comes when somebody chooses it; until then its place is taken by the first. */
const LANGUAGES: Record<Language, Messages> = { id, en: id };
const STORED_AS = 'rukun.language';
const listeners = new Set<() => void>();
let chosen: Language = stored();
let current: Language = 'id';

/** Brings the language this device chose earlier; resolves when the screens can be shown. Without it they are in Indonesian. */
export async function loadLanguage(): Promise<void> {
  if (await isLoaded(chosen)) current = chosen;
}

/** Whether the texts are here; false where they cannot be had now. */
async function isLoaded(wanted: Language): Promise<boolean> {
  if (wanted === 'id' || LANGUAGES.en !== id) return true;
  try {
    LANGUAGES.en = (await import('./en.ts')).en;
    return true;
  } catch {
    return false;
  }
}

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
export function setLanguage(wanted: Language): void {
  chosen = wanted;
  try {
    localStorage.setItem(STORED_AS, wanted);
  } catch {
    // A browser that keeps nothing still shows the chosen language until it is closed.
  }
  if (wanted === 'id') show('id');
  else void showOnceLoaded(wanted);
}

async function showOnceLoaded(wanted: Language): Promise<void> {
  if ((await isLoaded(wanted)) && chosen === wanted) show(wanted);
}

function show(wanted: Language): void {
  current = wanted;
  document.documentElement.lang = wanted;
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
