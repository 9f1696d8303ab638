import { Doc, encodeStateAsUpdate } from 'yjs';
import { writeAssignment, type Assignment } from '@rukun/core/board';
import { addDays, localDate, type Clock, type LocalDate, type Random } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { regsosek22K } from '@rukun/core/questionnaire';
import { hashPassword } from '../auth/password.ts';
import { boardOfArea } from '../auth/session.ts';
import { makeDemo, type Demo, type DemoArea, type DemoFamily } from '../demo/demo.ts';
import { drawPersonId } from '../people/person-id.ts';
import { SETTINGS } from '../storage/settings.ts';
import type { Storage, StorageWriter } from '../storage/storage.ts';

/** The demo's enumeration, around the day it is made. */
const DAYS_BEFORE = 7;
const DAYS_AFTER = 30;

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
const HOUSEHOLD_ID_LENGTH = 16;

export interface ImportParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
}

/** Fills an empty database with the demo, all or nothing. Leaves one alone that has people. */
export async function importDemo({ storage, clock, random }: ImportParts): Promise<void> {
  if (storage.read((reader) => reader.people().length > 0)) return;
  const now = clock.now();
  const today = dayOf(now);
  const demo = await makeDemo(random, { today });
  const people = await Promise.all(
    demo.people.map(async ({ userName, name, role, code = '', office = '', password }) => ({
      id: drawPersonId(random),
      userName,
      name,
      role,
      code,
      area: office,
      passwordHash: await hashPassword(password, random),
    })),
  );
  const idByUserName = new Map(people.map(({ userName, id }) => [userName, id]));
  const assignments = demo.assignments.map(({ areaId, officer, supervisor, target, dueDate }) => ({
    area: areaId,
    officer: idByUserName.get(officer) ?? null,
    supervisor: idByUserName.get(supervisor) ?? null,
    target,
    dueDate,
  }));
  storage.transact((writer) => {
    for (const person of people) writer.addPerson(person);
    for (const area of demo.areas) addArea(writer, demo, area);
    writer.setSetting(SETTINGS.isDemo, 'true');
    writer.setSetting(SETTINGS.enumerationFrom, addDays(today, -DAYS_BEFORE));
    writer.setSetting(SETTINGS.enumerationTo, addDays(today, DAYS_AFTER));
    addBoards(writer, assignments, now);
    const areaById = new Map(demo.areas.map((area) => [area.id, area]));
    for (const family of demo.families) {
      const name: DocumentName = `household/${drawId(random, HOUSEHOLD_ID_LENGTH)}`;
      addHousehold(writer, name, family, areaById.get(family.areaId)?.name ?? '', now);
    }
  });
}

function addArea(writer: StorageWriter, { place, codesAreMadeUp }: Demo, area: DemoArea): void {
  writer.addArea({
    id: area.id,
    name: area.name,
    village: area.villageName,
    kecamatan: place.district.name,
    regency: place.regency.name,
    province: place.province.name,
    codesAreMadeUp,
  });
}

/** One board per kecamatan, and the projection of its assignments that access is decided by. */
function addBoards(writer: StorageWriter, assignments: readonly Assignment[], at: number): void {
  const boards = new Map<DocumentName, Assignment[]>();
  for (const assignment of assignments) {
    const board = boardOfArea(assignment.area);
    boards.set(board, [...(boards.get(board) ?? []), assignment]);
    writer.putAssignment(assignment);
  }
  for (const [name, own] of boards) {
    writer.addDocument(name, 'board', '');
    appendImport(writer, name, at, (doc) => {
      for (const assignment of own) writeAssignment(doc, assignment);
    });
  }
}

/** One prelisted family: the codes and names of its place, address, head and number as on the printed list. */
function addHousehold(
  writer: StorageWriter,
  name: DocumentName,
  { areaId, headName, address, kk, prelistNumber }: DemoFamily,
  areaName: string,
  at: number,
): void {
  writer.addDocument(name, 'household', areaId);
  appendImport(writer, name, at, (doc) =>
    Household.create(doc, {
      form: regsosek22K.id,
      area: areaId,
      origin: 'prelist',
      prelistHead: headName,
      prelistNumber,
      answers: {
        '101': areaId.slice(0, 2),
        '102': areaId.slice(2, 4),
        '103': areaId.slice(4, 7),
        '104': areaId.slice(7, 10),
        '105': areaId.slice(10),
        '106': areaName,
        '107': address,
        '108': headName,
        '114': kk,
      },
    }),
  );
}

/** Writes under the relay's own client id; the log says that nobody else is the author. */
function appendImport(
  writer: StorageWriter,
  document: DocumentName,
  at: number,
  write: (doc: Doc) => void,
): void {
  const doc = new Doc({ gc: false });
  doc.clientID = writer.relayClient();
  write(doc);
  const update = encodeStateAsUpdate(doc);
  doc.destroy();
  const author = { source: 'import', person: '', device: '' } as const;
  writer.append({ document, update, ...author, deviceAt: at, receivedAt: at, marks: [] });
}

/** The calendar day where the relay stands. */
function dayOf(now: number): LocalDate {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return localDate(`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`);
}

function drawId(random: Random, length: number): string {
  return Array.from({ length }, () => BASE36.charAt(Math.floor(random.next() * BASE36.length))).join('');
}
