import type { Doc, Map as YMap } from 'yjs';
import { headsOf } from '../documents/heads.ts';
import { lastValue } from '../documents/structs.ts';
import { isLocalDate } from '../foundation/index.ts';
import { chooseValue } from '../household/others.ts';

/**
 * The shared sheet of assignments of one kecamatan (DESIGN.md section 4): user ids only, no names, no free text. Each
 * area is a root map of its own, `assignment/<area>`.
 */
const PREFIX = 'assignment/';

export interface Assignment {
  /** Sub-SLS, 16 digits. */
  readonly area: string;
  /** Person ids, or null while nobody is assigned. */
  readonly officer: string | null;
  readonly supervisor: string | null;
  /** Families expected. */
  readonly target: number;
  /** LocalDate or ''. */
  readonly dueDate: string;
}

/** An assignment with those who stand beside its officer and supervisor, until somebody chooses. */
export interface StandingAssignment extends Assignment {
  readonly beside: { readonly officers: readonly string[]; readonly supervisors: readonly string[] };
}

/** Keys that two people may fill differently without having seen each other: both keep the area until one is chosen. */
const PEOPLE_KEYS: ReadonlySet<string> = new Set(['officer', 'supervisor']);

/** Most families an area may be expected to have. */
const MOST_FAMILIES = 100_000;

/** Whether a key of a board holds an answer that may stand beside another (P2). */
export function isBoardAnswerKey(root: string, key: string): boolean {
  return root.startsWith(PREFIX) && PEOPLE_KEYS.has(key);
}

/** The area of an assignment's root, or of what stands beside one of its keys; null for another root. */
export function areaOfRoot(root: string): string | null {
  return /^(?:other\/)?assignment\/(\d{16})(?:\/(?:officer|supervisor))?$/.exec(root)?.[1] ?? null;
}

/** Whether a value may stand under a key of an assignment, but for whether a person exists. */
export function isAssignmentValue(key: string, value: unknown): boolean {
  if (PEOPLE_KEYS.has(key)) return value === null || typeof value === 'string';
  if (key === 'target')
    return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MOST_FAMILIES;
  return key === 'dueDate' && typeof value === 'string' && (value === '' || isLocalDate(value));
}

/** All assignments of the board, by area code. */
export function readBoard(doc: Doc): StandingAssignment[] {
  const list: StandingAssignment[] = [];
  for (const [name, type] of doc.share) {
    if (!name.startsWith(PREFIX) || type._map.size === 0) continue;
    list.push(readAssignment(doc, name.slice(PREFIX.length)));
  }
  return list.sort((a, b) => (a.area < b.area ? -1 : 1));
}

/** One assignment; of an area the board does not know an empty one. */
export function readAssignment(doc: Doc, area: string): StandingAssignment {
  const map = doc.getMap(PREFIX + area);
  const [officer, supervisor] = [personAt(map, 'officer'), personAt(map, 'supervisor')];
  const [target, dueDate] = [map.get('target'), map.get('dueDate')];
  return {
    area,
    officer,
    supervisor,
    target: typeof target === 'number' ? target : 0,
    dueDate: typeof dueDate === 'string' ? dueDate : '',
    beside: {
      officers: besideOf(doc, area, 'officer').filter((person) => person !== officer),
      supervisors: besideOf(doc, area, 'supervisor').filter((person) => person !== supervisor),
    },
  };
}

/** Writes one assignment, in one transaction. Whoever stood beside its officer or supervisor no longer does: they were in view. */
export function writeAssignment(doc: Doc, assignment: Assignment): void {
  const { area, officer, supervisor, target, dueDate } = assignment;
  doc.transact((transaction) => {
    const root = PREFIX + area;
    const map = doc.getMap(root);
    for (const [key, value] of Object.entries({ officer, supervisor })) {
      if (map.get(key) !== value || headsOf(doc, root, key).length > 1)
        chooseValue(transaction, { root, key }, value);
    }
    for (const [key, value] of Object.entries({ target, dueDate }))
      if (map.get(key) !== value) map.set(key, value);
  });
}

function personAt(map: YMap<unknown>, key: string): string | null {
  const value = map.get(key);
  return typeof value === 'string' ? value : null;
}

/** Everybody whom nobody had in view when writing another, in order. */
function besideOf(doc: Doc, area: string, key: string): string[] {
  const people = headsOf(doc, PREFIX + area, key).map(lastValue);
  return [...new Set(people.filter((person) => typeof person === 'string'))].sort();
}
