import { applyUpdate, Doc } from 'yjs';
import {
  areaOfRoot,
  isAssignmentValue,
  readAssignment,
  readBoard,
  type StandingAssignment,
} from '@rukun/core/board';
import type { Target, Touch } from '@rukun/core/access';
import type { Failure, InstantMs, Role } from '@rukun/core/foundation';
import type { StorageReader, StorageWriter } from '../storage/storage.ts';

/**
 * What cannot stand on a board: an area that is none of its kecamatan, a person who is none or of another role, a number or
 * date that is none. `bad-content` with the paths, or null.
 */
export function boardFailure(
  reader: StorageReader,
  { kind, name }: Target,
  touches: readonly Touch[],
): Failure | null {
  if (kind !== 'board') return null;
  const areas = new Set(reader.areas([name.slice('board/'.length)]).map(({ id }) => id));
  const bad = touches.filter(({ root, key, value }) => {
    const area = areaOfRoot(root) ?? '';
    if (!areas.has(area) || `board/${area.slice(0, 7)}` !== name) return true;
    return root.startsWith('assignment/') && !isSound(reader, key, value);
  });
  return bad.length > 0 ? { code: 'bad-content', paths: bad.map(({ root, key }) => `${root}/${key}`) } : null;
}

/**
 * Brings the assignments a commit touched into the tables access is decided by, in the transaction of that commit. While
 * two stand side by side everybody named keeps the area; who is named no longer has it from `at` on for a grace period only.
 * Whether anybody's access changed.
 */
export function projectBoard(
  writer: StorageWriter,
  doc: Doc,
  touches: readonly Pick<Touch, 'root'>[],
  at: InstantMs,
): boolean {
  const areas = new Set(touches.map(({ root }) => areaOfRoot(root)).filter((area) => area !== null));
  let hasChanged = false;
  for (const area of areas) {
    if (writer.areas([area]).length === 0) continue;
    if (projectAssignment(writer, readAssignment(doc, area), at)) hasChanged = true;
  }
  return hasChanged;
}

/**
 * Brings the areas that a board names somebody for into the tables again, whose role is another now, in the transaction that changed
 * it: where they stood as what they are no longer they have nothing, and where they stand as what they are now they have it.
 */
export function projectPeople(writer: StorageWriter, changed: ReadonlySet<string>, at: InstantMs): void {
  for (const board of changed.size > 0 ? writer.documentNames('board') : []) {
    const doc = new Doc({ gc: false });
    for (const update of writer.updates(board)) applyUpdate(doc, update);
    for (const assignment of readBoard(doc)) {
      const { officer, supervisor, beside } = assignment;
      const named = [officer, supervisor, ...beside.officers, ...beside.supervisors];
      if (named.some((person) => person !== null && changed.has(person)))
        projectAssignment(writer, assignment, at);
    }
    doc.destroy();
  }
}

/** Puts one assignment in the place of what was known of its area. Whether anybody's access changed. */
export function projectAssignment(
  writer: StorageWriter,
  { beside, ...assignment }: StandingAssignment,
  at: InstantMs,
): boolean {
  const { area } = assignment;
  const before = peopleOf(writer, area);
  const officer = isOfRole(writer, assignment.officer, 'officer') ? assignment.officer : null;
  const supervisor = isOfRole(writer, assignment.supervisor, 'supervisor') ? assignment.supervisor : null;
  writer.putAssignment({ ...assignment, officer, supervisor });
  writer.access.putAssignedBeside(area, {
    officers: beside.officers.filter((person) => isOfRole(writer, person, 'officer')),
    supervisors: beside.supervisors.filter((person) => isOfRole(writer, person, 'supervisor')),
  });
  const after = peopleOf(writer, area);
  const lost = [...before].filter(([person]) => !after.has(person));
  const gained = [...after.keys()].filter((person) => !before.has(person));
  const former = { area, endedAt: at, lastCommit: writer.lastSeq() };
  for (const [person, role] of lost) writer.access.endAssignment(person, { ...former, role });
  for (const person of gained) writer.access.resumeAssignment(person, area);
  return lost.length > 0 || gained.length > 0;
}

/** Everybody named for an area at this moment, and as what. */
function peopleOf(reader: StorageReader, area: string): Map<string, 'officer' | 'supervisor'> {
  const current = reader.assignments([area])[0];
  const { officers, supervisors } = reader.access.assignedBeside(area);
  const people = [
    ...[current?.officer, ...officers].map((person) => [person, 'officer'] as const),
    ...[current?.supervisor, ...supervisors].map((person) => [person, 'supervisor'] as const),
  ];
  return new Map(
    people.filter((each): each is [string, 'officer' | 'supervisor'] => typeof each[0] === 'string'),
  );
}

function isSound(reader: StorageReader, key: string, value: unknown): boolean {
  if (!isAssignmentValue(key, value)) return false;
  if (key !== 'officer' && key !== 'supervisor') return true;
  return value === null || isOfRole(reader, value, key);
}

function isOfRole(reader: StorageReader, person: unknown, role: Role): boolean {
  return typeof person === 'string' && reader.person(person)?.role === role;
}
