import type { Assignment } from '@rukun/core/board';
import { isErrorCode, isRole } from '@rukun/core/foundation';
import { parseDocumentName, type TimeMark } from '@rukun/core/protocol';
import type {
  LogRow,
  LogSource,
  Refusal,
  StoredArea,
  StoredDevice,
  StoredDocument,
  StoredPerson,
} from '../records.ts';
import { unpackAuthors } from '../packed-authors.ts';
import { bytes, integer, integerOrNull, text, textOrNull, type Row } from './row.ts';

export function toPerson(row: Row): StoredPerson {
  const role = text(row, 'role');
  if (!isRole(role)) throw new TypeError('a person with an unknown role');
  return {
    id: text(row, 'id'),
    userName: text(row, 'user_name'),
    name: text(row, 'name'),
    role,
    code: text(row, 'code'),
    area: text(row, 'area'),
    passwordHash: text(row, 'password_hash'),
    mustChangePassword: integer(row, 'must_change_password') === 1,
    endedAt: integerOrNull(row, 'ended_at'),
  };
}

export function toDevice(row: Row): StoredDevice {
  return {
    id: text(row, 'id'),
    person: text(row, 'person'),
    tag: text(row, 'tag'),
    lastSeenAt: integer(row, 'last_seen_at'),
  };
}

export function toArea(row: Row): StoredArea {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    village: text(row, 'village'),
    kecamatan: text(row, 'kecamatan'),
    regency: text(row, 'regency'),
    province: text(row, 'province'),
    codesAreMadeUp: integer(row, 'codes_made_up') === 1,
  };
}

export function toAssignment(row: Row): Assignment {
  return {
    area: text(row, 'area'),
    officer: textOrNull(row, 'officer'),
    supervisor: textOrNull(row, 'supervisor'),
    target: integer(row, 'target'),
    dueDate: text(row, 'due_date'),
  };
}

export function toDocument(row: Row): StoredDocument {
  const parsed = parseDocumentName(row['name']);
  if (!parsed.ok) throw new TypeError('a document with a malformed name');
  const { name, kind } = parsed.value;
  return { name, kind, area: text(row, 'area'), lastSeq: integer(row, 'last_seq') };
}

export function toLogRow(row: Row): LogRow {
  const parsed = parseDocumentName(row['document']);
  if (!parsed.ok) throw new TypeError('a log row with a malformed document name');
  return {
    seq: integer(row, 'seq'),
    first: integer(row, 'first'),
    authors: row['packed'] === null ? [] : unpackAuthors(bytes(row, 'packed')),
    document: parsed.value.name,
    update: bytes(row, 'update'),
    source: toSource(text(row, 'source')),
    person: text(row, 'person'),
    device: text(row, 'device'),
    deviceAt: integer(row, 'device_at'),
    receivedAt: integer(row, 'received_at'),
    marks: toMarks(text(row, 'marks')),
  };
}

export function toRefusal(row: Row): Refusal {
  const parsed = parseDocumentName(row['document']);
  const code = text(row, 'code');
  if (!parsed.ok || !isErrorCode(code)) throw new TypeError('a malformed refusal');
  return {
    at: integer(row, 'at'),
    document: parsed.value.name,
    person: text(row, 'person'),
    device: text(row, 'device'),
    code,
    paths: JSON.parse(text(row, 'paths')) as string[],
    bytes: bytes(row, 'bytes'),
  };
}

/** Marks as `[client, clock, at]` triples. */
export function fromMarks(marks: readonly TimeMark[]): string {
  if (marks.length === 0) return '[]';
  return JSON.stringify(marks.map(({ client, clock, at }) => [client, clock, at]));
}

/** The same back. */
export function toMarks(json: string): TimeMark[] {
  if (json === '[]') return [];
  const triples = JSON.parse(json) as [number, number, number][];
  return triples.map(([client, clock, at]) => ({ client, clock, at }));
}

function toSource(source: string): LogSource {
  if (source === 'device' || source === 'relay' || source === 'import') return source;
  throw new TypeError('a log row with an unknown source');
}
