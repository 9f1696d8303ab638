import type { AccessEnd } from '../audit-store.ts';
import { integer, text, type Row } from './row.ts';
import type { Statements } from './statements.ts';

const KINDS = `('device-revoked', 'token-reused', 'signed-out', 'password-changed', 'password-reset', 'sessions-ended', 'role-changed')`;
const ENTRIES = `SELECT at, kind, person, device, subject, details FROM audit WHERE seq > ? AND kind IN ${KINDS} ORDER BY seq`;

/** What the entries of the audit log after that number tell of ends. */
export function readAccessEnds(statements: Statements, after: number): AccessEnd[] {
  return statements.all(ENTRIES, after).flatMap((row) => {
    const end = toEnd(row);
    return end ? [{ ...end, at: integer(row, 'at') }] : [];
  });
}

function toEnd(row: Row): Omit<AccessEnd, 'at'> | null {
  const [person, device, subject] = [text(row, 'person'), text(row, 'device'), text(row, 'subject')];
  switch (text(row, 'kind')) {
    case 'device-revoked':
      return { what: 'revoked', id: subject };
    case 'token-reused':
      return { what: 'token-reused', id: device };
    case 'signed-out':
      return { what: 'signed-out', id: device };
    case 'password-changed':
      return { what: 'password', id: person };
    case 'password-reset':
      return { what: 'password', id: subject };
    case 'sessions-ended':
      return { what: 'sessions', id: '' };
    default:
      return roleEnd(text(row, 'details'), subject);
  }
}

function roleEnd(details: string, id: string): Omit<AccessEnd, 'at'> | null {
  const { from, to } = JSON.parse(details) as { from: string; to: string };
  if (from === to) return null;
  if (to === '') return { what: 'left', id };
  return from === '' ? { what: 'back', id } : null;
}
