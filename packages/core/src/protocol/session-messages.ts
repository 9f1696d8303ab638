import type { Role } from '../foundation/index.ts';

/** `POST /api/sign-in` */
export interface SignInRequest {
  readonly userName: string;
  readonly password: string;
  /** What the person calls the device in lists, e.g. the browser's name. No personal data. */
  readonly deviceLabel: string;
}

export interface PersonInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Printed code of officers (202k, up to 4 characters) and supervisors (204k, 3); '' for others. */
  readonly code: string;
}

export interface AreaInfo {
  /** Sub-SLS, 16 digits. */
  readonly id: string;
  readonly name: string;
  readonly village: string;
  readonly kecamatan: string;
  readonly regency: string;
  readonly province: string;
  /** The codes were made up for a demonstration. */
  readonly codesAreMadeUp: boolean;
  /** Person ids, from the board. */
  readonly officer: string | null;
  readonly supervisor: string | null;
  readonly target: number;
  /** LocalDate or ''. */
  readonly dueDate: string;
}

/** What a signed-in device knows about who it is and what it may reach: `GET /api/me`, and part of the sign-in answer. */
export interface Me {
  readonly person: PersonInfo;
  readonly device: {
    readonly id: string;
    /** Prefix of ids made on this device; ends in a letter. */ readonly tag: string;
  };
  readonly areas: readonly AreaInfo[];
  /** The other areas of the same boards, for their names only. */
  readonly neighbours: readonly AreaInfo[];
  /** Everybody whose name may have to be shown: who stands on the same boards, and the coordinators. */
  readonly people: readonly PersonInfo[];
  /** Document names of the boards this person sees. */
  readonly boards: readonly string[];
  /** Settings of this enumeration; a partial override of the questionnaire's defaults. */
  readonly enumeration: { readonly from: string; readonly to: string };
  /** Demonstration data: shown on every screen. */
  readonly isDemo: boolean;
  /** What the device seals the data key of its vault to; absent in what a relay before version 0.2 said. */
  readonly recoveryKey?: RecoveryKeyInfo;
}

/** The public part of the centre's recovery key (RSA-OAEP with SHA-256; the label is the person's id). */
export interface RecoveryKeyInfo {
  readonly id: string;
  /** SubjectPublicKeyInfo, base64. */
  readonly spki: string;
}

/** `POST /api/vault-key`: the data key of a vault, as this person's device sealed it to a recovery key. */
export interface VaultKeyRequest {
  readonly keyId: string;
  /** Base64. */
  readonly sealed: string;
}

export interface VaultKeyAnswer {
  /** The data key, 32 bytes, base64. */
  readonly key: string;
}

/**
 * What a device shows the relay: answer to `POST /api/refresh`, and part of the sign-in answer. The access token goes into
 * `Authorization: Bearer`. Store both before either is used: the refresh token that was sent is spent with the first use of
 * the one that came.
 */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** How long the access token is good from now on, ms; afterwards it is answered `expired`. */
  readonly expiresInMs: number;
  /** Signed in with a one-time password: everything but `POST /api/password` is answered `password-change`. */
  readonly mustChangePassword: boolean;
}

/** Answer to `POST /api/sign-in`. */
export interface SignInAnswer extends TokenAnswer {
  readonly me: Me;
}

/** `POST /api/refresh` */
export interface RefreshRequest {
  readonly refreshToken: string;
}

/** `POST /api/password` */
export interface PasswordRequest {
  readonly current: string;
  readonly next: string;
}

/** One of `GET /api/people/:id/devices`, the latest first. */
export interface DeviceInfo {
  readonly id: string;
  readonly label: string;
  /** Relay time, ms, as all times here. */
  readonly enrolledAt: number;
  readonly lastSeenAt: number;
  /** When, why and by whom (person id; '' for the relay itself) it was ended; null while it is signed in. */
  readonly end: {
    readonly at: number;
    readonly reason: 'signed-out' | 'token-reused' | 'password-changed' | 'password-reset' | 'revoked';
    readonly by: string;
  } | null;
  /** A revoked device handed in what was not stored; null before. */
  readonly handedInAt: number | null;
  /** The one that asks. */
  readonly isThis: boolean;
}

/** Answer to `POST /api/people/:id/reset-password`: to be told to the person, who has to replace it. */
export interface ResetAnswer {
  readonly password: string;
}

/** `POST /api/tickets`: `{ document }` → one live connection to that document within {@link LIMITS.ticketMs}. */
export interface TicketRequest {
  readonly document: string;
}

export interface TicketAnswer {
  /** Offer as subprotocol `rukun.ticket.<ticket>`. */
  readonly ticket: string;
}

/** Every answer that is not 2xx has this JSON body. */
export interface ErrorBody {
  readonly code: string;
  readonly paths?: readonly string[];
}

/** One entry of `GET /api/documents/<kind>/<id>/history`, oldest first; `?path=answers/303` asks for one key only. */
export interface HistoryEntry {
  /** `<root>/<key>`: `answers/303`, `member/k3f1/403`. */
  readonly path: string;
  readonly value: string | number | boolean | null;
  /** What the key held when this was committed; null also where it held nothing. */
  readonly before: string | number | boolean | null;
  /** Person id; '' where the relay or an import wrote. */
  readonly by: string;
  readonly device: string;
  /** Device time (ms) where known, else the time of receipt. */
  readonly at: number;
  readonly receivedAt: number;
  /** Number of the commit it came with; the document as it stood after it is at `/at/<commit>`. */
  readonly commit: number;
}

/** How somebody came to see a document. `live`: it was opened; `past`: as it stood at a moment. */
export type ReadingWay = 'exchange' | 'live' | 'history' | 'moments' | 'past' | 'export';

/** One entry of `GET /api/documents/<kind>/<id>/readers`, latest first: somebody was sent the document. */
export interface DocumentReader {
  /** Its number in the audit log; `?before=` it gives the ones before. */
  readonly entry: number;
  readonly at: number;
  /** Person id, and the name as of now; the id again where the person is gone. */
  readonly person: string;
  readonly name: string;
  /** What the person was then. */
  readonly role: Role;
  readonly device: string;
  readonly how: ReadingWay;
}

/** One entry of `GET /api/documents/<kind>/<id>/moments`, oldest first: a commit, whoever made it. */
export interface DocumentMoment {
  readonly commit: number;
  /** Relay time, ms. */
  readonly receivedAt: number;
  /** Person id; '' where the relay or an import wrote. */
  readonly by: string;
  readonly device: string;
  /** Values it wrote: that many entries of the history have this commit. */
  readonly changes: number;
}
