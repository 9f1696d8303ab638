import { DatabaseSync } from 'node:sqlite';
import { Doc, encodeStateAsUpdate } from 'yjs';
import type { Role } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { SqliteStorage, type StorageWriter } from '@rukun/relay';
import { seededRandom } from '../support/seeded-random.ts';

/** What a simulated centre starts with: two neighbouring areas of one team. */
export const AREAS = { ani: '7102990001000100', budi: '7102990001000200' } as const;

export const HOUSEHOLDS = {
  one: 'household/aaaaaaaaaaaaaaa1',
  two: 'household/aaaaaaaaaaaaaaa2',
  three: 'household/bbbbbbbbbbbbbbb1',
} as const satisfies Record<string, DocumentName>;

/** Ani works on two phones; sari supervises both officers. */
export const OWNERS = [
  { id: 'd-ani', person: 'ani', tag: 'aka' },
  { id: 'd-ani-2', person: 'ani', tag: 'akb' },
  { id: 'd-budi', person: 'budi', tag: 'bka' },
  { id: 'd-sari', person: 'sari', tag: 'ska' },
] as const;

const PEOPLE = [
  { id: 'ani', role: 'officer', code: '0101' },
  { id: 'budi', role: 'officer', code: '0102' },
  { id: 'sari', role: 'supervisor', code: '010' },
] as const;

/** What somebody of the team is. */
export function roleOf(person: string): Role {
  return PEOPLE.find(({ id }) => id === person)?.role ?? 'institution';
}

let made: Uint8Array | null = null;

/** The disk of a relay that nobody has used yet. */
export function freshDisk(): Uint8Array {
  if (made) return made;
  const database = new DatabaseSync(':memory:');
  SqliteStorage.over(database, seededRandom(20261122)).transact(fill);
  made = database.serialize();
  return made;
}

function fill(writer: StorageWriter): void {
  for (const person of PEOPLE)
    writer.addPerson({ ...person, userName: person.id, name: person.id.toUpperCase(), passwordHash: '-' });
  const region = { village: 'V', kecamatan: 'K', regency: 'R', province: 'P', codesAreMadeUp: true };
  for (const [officer, id] of Object.entries(AREAS)) {
    writer.addArea({ id, name: `JAGA ${officer}`, ...region });
    writer.putAssignment({ area: id, officer, supervisor: 'sari', target: 2, dueDate: '2026-12-01' });
  }
  for (const { id, person, tag } of OWNERS) writer.addDevice({ id, person, tag, label: id, enrolledAt: 1 });
  addHousehold(writer, HOUSEHOLDS.one, AREAS.ani);
  addHousehold(writer, HOUSEHOLDS.two, AREAS.ani);
  addHousehold(writer, HOUSEHOLDS.three, AREAS.budi);
}

function addHousehold(writer: StorageWriter, document: DocumentName, area: string): void {
  const doc = new Doc({ gc: false });
  doc.clientID = writer.relayClient();
  Household.create(doc, { form: 'REGSOSEK22-K', area, origin: 'prelist', answers: { '108': 'KEPALA' } });
  writer.addDocument(document, 'household', area);
  const author = { source: 'import', person: '', device: '' } as const;
  const update = encodeStateAsUpdate(doc);
  writer.append({ document, update, ...author, deviceAt: 1, receivedAt: 1, marks: [] });
}
