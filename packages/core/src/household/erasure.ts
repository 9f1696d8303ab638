import { ContentAny, type Doc, type Item } from 'yjs';
import { ERASED_PREFIX, OTHER_PREFIX, otherRoot } from '../foundation/index.ts';
import { MEMBER_FIELDS, ROOTS } from './schema.ts';

/** What of a household a lawful request is about. */
export interface ErasedEntity {
  /** A member id, or null for the whole household. */
  readonly member: string | null;
  /** Further fields, `<root>/<key>`, that say something about that person. */
  readonly fields: readonly string[];
}

/** Fields of the family that are those of its head. */
const OF_HEAD = ['answers/108', 'answers/114', 'answers/HP', 'household/prelistHead'] as const;
/** Who answered, and on which number to reach them. */
const RESPONDENT = 'answers/RESP';
const RESPONDENT_PHONE = 'answers/HP';
const [NAME, NIK, RELATION, HEAD] = ['402', '403', '409', '1'] as const;

/** Keys of a root that stay when a household is erased: what counts and who did it, nothing of whom it was about. */
const KEPT: readonly (readonly [prefix: string, keys: readonly string[]])[] = [
  [ROOTS.household, ['schema', 'form', 'area', 'origin']],
  [ROOTS.event, ['type', 'by', 'at', 'turn']],
  [ROOTS.member, [MEMBER_FIELDS.order]],
];
/** Keys that hold no words of anybody. */
const NO_WORDS: ReadonlySet<string> = new Set(['by', 'type', 'place', 'rule', 'form', 'area', 'origin']);
/** A name shorter than this is in too many words to be looked for. */
const SHORTEST_NAME = 3;

/** Whether every value ever written at a place goes with the entity. */
export function isErasedPlace({ member, fields }: ErasedEntity, root: string, key: string): boolean {
  if (root.startsWith(ERASED_PREFIX)) return false;
  if (member === null) return !KEPT.some(([prefix, keys]) => root.startsWith(prefix) && keys.includes(key));
  const own = ROOTS.member + member;
  if (root === own) return key !== MEMBER_FIELDS.order;
  if (root.startsWith(`${OTHER_PREFIX}${own}/`)) return true;
  return fields.some((path) => path === `${root}/${key}` || root === otherRootOf(path));
}

/**
 * Fields outside a member's own root that say something about that person, `<root>/<key>` in order: remarks on the member's
 * places, what belongs to the head where the member is or was the head, and every text that ever named the person or the NIK.
 * Whoever erases sees the list and may add to it: a description without the name is found by no search. Fields of the head, and
 * the respondent with the telephone, are listed where nothing is there as well: a copy that comes back may hold them.
 */
export function fieldsAbout(doc: Doc, member: string): string[] {
  const own = ROOTS.member + member;
  const valuesOf = (root: string, key: string) => valuesEver(doc.share.get(root)?._map.get(key));
  const names = valuesOf(own, NAME).filter(isName);
  const numbers = valuesOf(own, NIK)
    .map(String)
    .filter((nik) => nik.length > SHORTEST_NAME);
  const found = new Set<string>();
  if (valuesOf(own, RELATION).includes(HEAD)) for (const path of OF_HEAD) found.add(path);
  for (const [root, type] of doc.share) {
    if ([ROOTS.member, OTHER_PREFIX, ERASED_PREFIX].some((prefix) => root.startsWith(prefix))) continue;
    const isRemarkOnIt =
      root.startsWith(ROOTS.remark) &&
      valuesOf(root, 'place').some((place) => place === own || String(place).startsWith(`${own}/`));
    if (isRemarkOnIt) found.add(`${root}/text`);
    for (const [key, item] of type._map) {
      if (NO_WORDS.has(key)) continue;
      const values = [...valuesEver(item), ...standingEver(doc, root, key)];
      if (values.some((value) => mentions(value, names, numbers))) found.add(`${root}/${key}`);
    }
  }
  // Who answered is not known here: a copy that was offline may say that it was this person.
  if (found.has(RESPONDENT)) found.add(RESPONDENT_PHONE);
  else if (!isThere(doc, RESPONDENT))
    for (const path of [RESPONDENT, RESPONDENT_PHONE]) if (!isThere(doc, path)) found.add(path);
  return [...found].sort();
}

/** The places an erasure empties, `<root>/<key>` in order, each with how many values were ever written there; never the values. */
export function erasedValues(doc: Doc, entity: ErasedEntity): { path: string; values: number }[] {
  const places: { path: string; values: number }[] = [];
  for (const [root, type] of doc.share)
    for (const [key, item] of type._map) {
      const values = isErasedPlace(entity, root, key) ? valuesEver(item).length : 0;
      if (values > 0) places.push({ path: `${root}/${key}`, values });
    }
  return places.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every value a key ever had, of its chain of items. */
function valuesEver(current: Item | undefined): unknown[] {
  const values: unknown[] = [];
  for (let item: Item | null = current ?? null; item; item = item.left)
    if (item.content instanceof ContentAny) values.push(...(item.content.arr as unknown[]));
  return values;
}

/** What ever stood beside a key. */
function standingEver(doc: Doc, root: string, key: string): unknown[] {
  const entries = doc.share.get(otherRoot(root, key))?._map.values() ?? [];
  return [...entries]
    .flatMap((item) => valuesEver(item))
    .map((entry) =>
      typeof entry === 'object' && entry !== null ? (entry as { value?: unknown }).value : null,
    );
}

function mentions(value: unknown, names: readonly string[], numbers: readonly string[]): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const text = words(String(value));
  return (
    numbers.some((number) => text.includes(number)) ||
    names.some((name) => ` ${text} `.includes(` ${words(name)} `))
  );
}

/** In one case, with single spaces between words of letters and digits. */
function words(text: string): string {
  return text
    .toLocaleUpperCase('id')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && words(value).length >= SHORTEST_NAME;
}

function otherRootOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return otherRoot(path.slice(0, slash), path.slice(slash + 1));
}

function isThere(doc: Doc, path: string): boolean {
  const slash = path.lastIndexOf('/');
  return doc.share.get(path.slice(0, slash))?._map.has(path.slice(slash + 1)) ?? false;
}
