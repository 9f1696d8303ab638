import type { Doc } from 'yjs';

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

/** All assignments of the board, by area code. */
export function readBoard(doc: Doc): Assignment[] {
  const list: Assignment[] = [];
  for (const [name, type] of doc.share) {
    if (!name.startsWith(PREFIX) || type._map.size === 0) continue;
    const map = doc.getMap(name);
    const [officer, supervisor, target, dueDate] = ['officer', 'supervisor', 'target', 'dueDate'].map((key) =>
      map.get(key),
    );
    list.push({
      area: name.slice(PREFIX.length),
      officer: typeof officer === 'string' ? officer : null,
      supervisor: typeof supervisor === 'string' ? supervisor : null,
      target: typeof target === 'number' ? target : 0,
      dueDate: typeof dueDate === 'string' ? dueDate : '',
    });
  }
  return list.sort((a, b) => (a.area < b.area ? -1 : 1));
}

/** Writes one assignment, in one transaction. */
export function writeAssignment(doc: Doc, assignment: Assignment): void {
  doc.transact(() => {
    const map = doc.getMap(PREFIX + assignment.area);
    const { officer, supervisor, target, dueDate } = assignment;
    for (const [key, value] of Object.entries({ officer, supervisor, target, dueDate })) {
      if (map.get(key) !== value) map.set(key, value);
    }
  });
}
