import type { ErrorCode, Role } from '@rukun/core/foundation';
import type { DocumentName, ReadingWay } from '@rukun/core/protocol';

/** Who did it, by id; both '' where the command line or the relay itself did. */
interface By {
  readonly person: string;
  readonly device: string;
}

/**
 * Everything the audit log knows to tell. Ids, codes, counts and paths of fields only: never a value, a name, a user name, an
 * address or free text. `subject` is the document, person or device it was done to; `source` the address somebody came from,
 * which is not kept: a name made of it under the audit key tells attempts apart.
 */
export type AuditEvent =
  | ({ readonly kind: 'signed-in' } & By)
  /** `person` is '' where there is nobody of that name. */
  | {
      readonly kind: 'sign-in-failed';
      readonly person: string;
      readonly source: string;
      readonly code: ErrorCode;
    }
  | { readonly kind: 'locked-out'; readonly person: string; readonly source: string; readonly forMs: number }
  | ({ readonly kind: 'signed-out' } & By)
  | ({ readonly kind: 'token-reused' } & By)
  /** Of everybody, `devices` of them. */
  | ({ readonly kind: 'sessions-ended'; readonly devices: number } & By)
  | ({ readonly kind: 'password-changed' } & By)
  | ({ readonly kind: 'password-reset'; readonly subject: string } & By)
  /** `owner`: the person whose device it was. */
  | ({ readonly kind: 'device-revoked'; readonly subject: string; readonly owner: string } & By)
  | ({ readonly kind: 'handed-in'; readonly items: number } & By)
  | ({ readonly kind: 'vault-key-opened'; readonly keyId: string } & By)
  | ({
      readonly kind: 'read';
      readonly role: Role;
      readonly how: ReadingWay;
      readonly documents: readonly DocumentName[];
    } & By)
  | ({ readonly kind: 'readers-listed'; readonly subject: DocumentName } & By)
  | ({
      readonly kind: 'refused';
      readonly subject: DocumentName;
      readonly code: ErrorCode;
      readonly paths: readonly string[];
    } & By)
  /** `what`: the route, as the relay names it; nothing of the path. Person and device are '' before it is known who asks. */
  | ({
      readonly kind: 'turned-away';
      readonly what: string;
      readonly source: string;
      readonly code: ErrorCode;
    } & By)
  | ({ readonly kind: 'exported'; readonly what: string; readonly documents: number } & By)
  | ({ readonly kind: 'people-imported'; readonly added: number; readonly changed: number } & By)
  | ({
      readonly kind: 'role-changed';
      readonly subject: string;
      readonly from: Role | '';
      readonly to: Role | '';
    } & By)
  | ({ readonly kind: 'erased'; readonly subject: string; readonly rows: number } & By)
  | { readonly kind: 'retention'; readonly what: string; readonly count: number }
  | ({
      readonly kind: 'quarantined';
      readonly subject: DocumentName;
      readonly number: number;
      readonly reason: 'revoked' | 'late';
    } & By)
  | ({
      readonly kind: 'quarantine-decided';
      readonly subject: DocumentName;
      readonly number: number;
      readonly decision: 'taken' | 'set-aside';
    } & By)
  /** Rows `from` to `to` of the log; `digest` is over whose and when each was (`row-digest.ts`). */
  | { readonly kind: 'written'; readonly from: number; readonly to: number; readonly digest: string }
  /** So many rows were in the log before there was an audit log. */
  | { readonly kind: 'begun'; readonly rows: number }
  | { readonly kind: 'restored'; readonly epoch: string }
  | { readonly kind: 'key-changed' }
  /** Counted instead of told, since there were too many: how often each kind. */
  | { readonly kind: 'throttled'; readonly counts: readonly string[] };

export type AuditKind = AuditEvent['kind'];

/**
 * What each kind means; the table of docs/operations.md. `throttled`: anybody can make the relay write it, so each source has
 * a rate, and what is over it is counted and told as one entry a minute.
 */
export const AUDIT_EVENTS: Readonly<
  Record<AuditKind, { readonly means: string; readonly throttled: boolean }>
> = {
  'signed-in': { means: 'a device was enrolled', throttled: false },
  'sign-in-failed': { means: 'user name and password did not fit', throttled: true },
  'locked-out': { means: 'too many failures: nobody signs in as this person for a while', throttled: true },
  'signed-out': { means: 'a device signed itself out', throttled: false },
  'token-reused': {
    means: 'a refresh token came a second time: somebody has a copy of it',
    throttled: false,
  },
  'sessions-ended': { means: 'everybody has to sign in again', throttled: false },
  'password-changed': { means: 'a person set an own password', throttled: false },
  'password-reset': {
    means: 'somebody gave the person `subject` a new one-time password',
    throttled: false,
  },
  'device-revoked': { means: 'the device `subject` of `owner` was shut out', throttled: false },
  'handed-in': { means: 'a revoked device handed in what was not stored', throttled: false },
  'vault-key-opened': { means: "a device had its vault's key opened by the recovery key", throttled: false },
  read: { means: 'documents were sent to a device', throttled: false },
  'readers-listed': { means: 'somebody asked who read the document `subject`', throttled: false },
  refused: { means: 'an edit was not accepted', throttled: true },
  'turned-away': { means: 'a request was not let in', throttled: true },
  exported: { means: 'data was taken out', throttled: false },
  'people-imported': { means: 'people were added or changed from a file', throttled: false },
  'role-changed': {
    means: 'the person `subject` has another role, or covers another area',
    throttled: false,
  },
  erased: { means: 'the values of `subject` were removed on lawful request', throttled: false },
  retention: { means: 'what was past its time was removed', throttled: false },
  quarantined: { means: 'an edit was put aside for the supervisor to decide', throttled: true },
  'quarantine-decided': { means: 'an edit put aside was taken in or set aside for good', throttled: false },
  written: { means: 'rows of the log were committed', throttled: false },
  begun: { means: 'the first entry, where the log had rows already', throttled: false },
  'key-changed': { means: 'from here on entries are made under another key', throttled: false },
  restored: { means: 'the database came back from a backup', throttled: false },
  throttled: { means: 'kinds that were only counted for a minute', throttled: false },
};
