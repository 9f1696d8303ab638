import type { ErrorCode, Result, Role } from '@rukun/core/foundation';
import type { Assignment } from '@rukun/core/board';
import type { Household, HouseholdSnapshot, Place, State } from '@rukun/core/household';
import type {
  ImportReport,
  PasswordSlip,
  PeopleAnswer,
  PeopleSearchRequest,
  PersonPatch,
} from '@rukun/core/people';
import type {
  AreaInfo,
  DeviceInfo,
  DocumentName,
  HeldEdit,
  HeldEdits,
  HistoryEntry,
  Me,
  PersonInfo,
  QuarantineDecision,
} from '@rukun/core/protocol';
import type { EnumerationSettings, Evaluation, Form } from '@rukun/core/questionnaire';
import type { AuditReport, RefusedEdit } from '@rukun/core/sync';

/**
 * What the screens may rely on: types only. `app/context.ts` puts the parts together; tests build the same with other
 * parts. Screens hold no state of their own that would be lost with them.
 */
export interface App {
  readonly form: Form;
  /** What this enumeration set: period, limits. Evaluations hold to the same. */
  settings(): EnumerationSettings;
  readonly session: Session;
  readonly lock: LockControl;
  readonly families: Families;
  readonly sync: SyncControl;
  readonly storage: Observable<StorageState>;
  readonly position: PositionControl;
  /** A waiting new version of the app, or null. Never applied by itself while a form is open. */
  readonly update: Observable<{ apply(): void } | null>;
  /** Opens a household for reading and writing; live while there is a link. Rejects only if the device's store fails. */
  open(document: DocumentName): Promise<OpenHousehold | null>;
  /** Makes a household that was found on the way, in one of the officer's areas, and opens it. */
  add(area: string): Promise<OpenHousehold>;
  /** What became of documents, as the centre has it; needs the link. */
  past(): Promise<Past>;
  /** The people this person looks after, and everybody's own devices; needs the link. */
  people(): Promise<PeopleControl>;
  /** What is held at the centre until this person decides; needs the link. */
  held(): Promise<HeldControl>;
  /** Rescue files of the signed-in person. */
  rescue(): Promise<RescueControl>;
  /** The board of a kecamatan, kept on the device and live while there is a link. */
  board(document: DocumentName): Promise<OpenBoard>;
}

/** Edits that are held back until a supervisor, coordinator or administrator decides. */
export interface HeldControl {
  list(state: HeldEdit['state']): Promise<Result<HeldEdits>>;
  decide(number: number, decision: QuarantineDecision): Promise<Result<null>>;
}

/** A value that changes; `subscribe` calls back on every change and returns how to stop. */
export interface Observable<T> {
  get(): T;
  subscribe(changed: (value: T) => void): () => void;
}

export interface Session {
  /** The signed-in person with areas and team, or null. Survives restarts, works offline. */
  readonly me: Observable<Me | null>;
  /**
   * `next`: the own password in the place of a one-time one, which is answered `password-change` without it. Nothing is kept
   * on the device before the sign-in is complete.
   */
  signIn(userName: string, password: string, next?: string): Promise<Result<Me>>;
  /** Another password; the person's other devices have to sign in again. */
  changePassword(current: string, next: string): Promise<Result<null>>;
  /** Refused (`unstored` > 0 and not `force`d) while edits are not yet at the centre; they are kept on the device. */
  signOut(force: boolean): Promise<{ readonly unstored: number; readonly done: boolean }>;
  /** The name behind a person id; '' if unknown here. */
  nameOf(person: string): string;
  personOf(person: string): PersonInfo | null;
  areaOf(area: string): AreaInfo | null;
}

/** What stands between the person and the app. */
export type Gate =
  | { readonly at: 'open' }
  /** Nobody has a vault on this device. */
  | { readonly at: 'sign-in' }
  | { readonly at: 'locked' }
  /** Signed in, but nothing is stored before there is a PIN. `older`: it was in clear text until now. */
  | {
      readonly at: 'choose-pin';
      readonly why: 'first' | 'forgotten' | 'older';
      readonly name: string;
    }
  /** What an older version left in clear text is being sealed. */
  | { readonly at: 'sealing'; readonly done: number; readonly of: number }
  /** This device was shut out: `done` once what nobody had is at the centre and all of it is gone from here. */
  | { readonly at: 'shut-out'; readonly is: 'handing-in' | 'waiting' | 'done' }
  /** The browser has no cryptography (plain http): nothing personal is kept on this device. */
  | { readonly at: 'no-crypto' };

/** Somebody with a vault on this device, as far as a finder may know. */
export interface LockedPerson {
  readonly person: string;
  readonly maskedName: string;
  readonly role: Role;
  /** Last unlock, ms. */
  readonly usedAt: number;
  /** False after too many wrong PINs: only a sign-in with a link opens it. */
  readonly hasPin: boolean;
  /** Tries left; at least one where only the PIN opens it. */
  readonly left: number;
  /** How long until the next try, from when the list was made. */
  readonly waitMs: number;
  /** The phone's own lock opens it as well; never where people share the phone. */
  readonly hasAuthenticator: boolean;
}

export type UnlockAnswer =
  | { readonly is: 'open' }
  | { readonly is: 'wrong'; readonly left: number; readonly waitMs: number }
  /** Too soon after a wrong one; it was not tried. */
  | { readonly is: 'wait'; readonly left: number; readonly waitMs: number }
  /** The PIN opens nothing any more; the data is there, a sign-in with a link opens it. */
  | { readonly is: 'used-up' }
  /** The device's database failed; nothing was tried. */
  | { readonly is: 'failed'; readonly reason: 'full' | 'failed' }
  /** The phone's own lock did not open, or keeps no secrets. */
  | { readonly is: 'denied' };

export interface LockSettings {
  readonly idleMinutes: number;
  /** Whether the phone's own lock opens the vault as well; null where it cannot or people share the phone. */
  readonly authenticator: boolean | null;
}

/** The lock of the vaults on this device: one PIN for each person. */
export interface LockControl {
  readonly gate: Observable<Gate>;
  /** Whose vaults are on this device, the last one first. */
  readonly people: Observable<readonly LockedPerson[]>;
  readonly settings: Observable<LockSettings>;
  unlock(person: string, pin: string): Promise<UnlockAnswer>;
  /** Locks all tabs, after everything typed is stored. */
  lock(): Promise<void>;
  /** Why a PIN is not taken: not six digits, or too easily guessed. */
  judge(pin: string): 'form' | 'easy' | null;
  /** `malformed`: not taken, or another tab was first, `internal`: the device could not store it. */
  choosePin(pin: string): Promise<Result<null>>;
  /** Goes back from choosing a PIN; nothing of the sign-in was stored. */
  giveUp(): Promise<void>;
  changePin(before: string, after: string): Promise<UnlockAnswer>;
  /** By finger, face or whatever opens the phone. */
  unlockByAuthenticator(person: string): Promise<UnlockAnswer>;
  /** Lets the phone's own lock open the vault as well, for who knows the PIN. */
  addAuthenticator(pin: string): Promise<UnlockAnswer>;
  /** Rejects if the device cannot store it. */
  dropAuthenticator(): Promise<void>;
  /** Rejects if the device cannot store it. */
  setIdleMinutes(minutes: number): Promise<void>;
}

/** One line of the list of families, readable without opening its document. */
export interface FamilyEntry {
  readonly document: DocumentName;
  readonly area: string;
  readonly head: string;
  /** All of it was erased on lawful request. Absent: no. */
  readonly isErased?: boolean;
  readonly address: string;
  /** 109 and 110, or null. */
  readonly building: number | null;
  readonly family: number | null;
  readonly prelistNumber: number | null;
  readonly origin: 'prelist' | 'added';
  readonly state: State;
  readonly answered: number;
  readonly blank: number;
  readonly errors: number;
  readonly warnings: number;
  /** Open remarks. */
  readonly remarks: number;
  /** Questions with two or more answers standing side by side. */
  readonly standing: number;
  readonly ticks: Ticks;
  readonly updatedAt: number;
}

/** The three ticks tell the truth: on this phone, at the centre, seen by the supervisor. */
export interface Ticks {
  /** Every edit made here is in a completed transaction of the device's database. */
  readonly device: boolean;
  /** The relay confirmed the commit of every edit made here. */
  readonly relay: boolean;
  /** The supervisor opened the latest submission. */
  readonly supervisor: boolean;
  /** Something was refused by the centre and waits for its author. */
  readonly refused: ErrorCode | null;
}

export interface Families {
  /** All families of the person's areas, in listing order. */
  readonly list: Observable<readonly FamilyEntry[]>;
  /** The first load is not complete: how many are here. */
  readonly arriving: Observable<{ readonly here: number } | null>;
}

export type SaveState =
  | { readonly state: 'stored' }
  | { readonly state: 'storing' }
  /** The device could not write; the answer stays in memory and on the screen, `retry` tries again. */
  | { readonly state: 'failed'; readonly reason: 'full' | 'failed'; retry(): void };

/** An edit that is in memory only: the device could not write it. */
export interface UnstoredEdit {
  /** Yjs update, V1, as it was made. */
  readonly update: Uint8Array;
  /** Device time, ms. */
  readonly at: number;
}

export interface Presence {
  readonly person: PersonInfo;
  /** Where the other one is, if on a question. */
  readonly place: Place | null;
}

export interface OpenHousehold {
  readonly document: DocumentName;
  /** The copy that is open now. A rebuild after a refusal makes another take its place: read it when it is used, never keep it. */
  readonly household: Household;
  readonly snapshot: Observable<HouseholdSnapshot>;
  readonly evaluation: Observable<Evaluation>;
  readonly save: Observable<SaveState>;
  readonly ticks: Observable<Ticks>;
  /** Edits of this person that the centre did not take and that were not put away, oldest first; the document is without them. */
  readonly refused: Observable<readonly RefusedEdit[]>;
  /** The person has read them. Rejects, and they stay, if the device's store fails. */
  putAwayRefused(): Promise<void>;
  /** Why the centre took nothing of what is unsent here; it stays in the document, and goes up again with the next edit. Else null. */
  readonly keptBack: Observable<ErrorCode | null>;
  readonly live: Observable<'offline' | 'connecting' | 'live'>;
  readonly present: Observable<readonly Presence[]>;
  /** Tells the others where this person is. */
  at(place: Place | null): void;
  /** Undo and redo of this person's own edits in this sitting. */
  readonly canUndo: Observable<{ readonly undo: boolean; readonly redo: boolean }>;
  undo(): void;
  redo(): void;
  /** Whether this person may write answers now, by role and state; the relay enforces role and area. */
  readonly mayWrite: Observable<boolean>;
  /** Resolves when everything written so far is stored on the device (or has failed, see `save`). */
  settled(): Promise<void>;
  /** Edits made here that the device could not store (yet), in order. */
  unstored(): readonly UnstoredEdit[];
  close(): Promise<void>;
}

export interface OpenBoard {
  readonly assignments: Observable<readonly Assignment[]>;
  readonly live: Observable<'offline' | 'connecting' | 'live'>;
  readonly present: Observable<readonly Presence[]>;
  close(): Promise<void>;
}

export interface SyncState {
  readonly link: 'online' | 'offline';
  readonly running: boolean;
  /** Documents with edits not yet stored at the centre. */
  readonly waiting: number;
  /** Time of the last complete exchange, ms, or null. */
  readonly lastAt: number | null;
  readonly failure: ErrorCode | null;
}

/** What comparing with the centre has come to. */
export interface AuditState {
  /** How many families were looked at; null while none is being compared. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  /** Time of the last complete one, ms, or null. */
  readonly lastAt: number | null;
  /** What the last complete one of this session found, in families. */
  readonly report: AuditReport | null;
  /** Why the last one was broken off; null if it was not. */
  readonly failure: ErrorCode | null;
}

export interface SyncControl {
  readonly state: Observable<SyncState>;
  /** Runs an exchange now. */
  now(): void;
  readonly audit: Observable<AuditState>;
  /** Compares what is here with the centre now, and heals what differs. Nothing happens while that is under way. */
  startAudit(): void;
}

export interface StorageState {
  readonly persisted: boolean;
  /** Bytes, or null where the browser does not tell. */
  readonly usage: number | null;
  readonly quota: number | null;
  /** Red: text only, nothing that is large is to be stored any more. */
  readonly level: 'green' | 'amber' | 'red';
  /** A write was refused for want of room, and none has succeeded since. */
  readonly isFull: boolean;
}

export interface Past {
  /** Every value that was written, oldest commit first; with `path` (`answers/303`) those of one question only. */
  history(document: DocumentName, path?: string): Promise<Result<readonly HistoryEntry[]>>;
  /** The household as it stood after a commit, to be read only. */
  at(document: DocumentName, commit: number): Promise<Result<OpenHousehold>>;
}

/** Who can sign in and on what, asked of the centre and checked; nothing of it is kept on the device. */
export interface PeopleControl {
  search(request: PeopleSearchRequest): Promise<Result<PeopleAnswer>>;
  /** `bad-content` names field and reason: `code/code-form`, `role/last-administrator`. */
  change(person: string, patch: PersonPatch): Promise<Result<null>>;
  devices(person: string): Promise<Result<readonly DeviceInfo[]>>;
  /** The device hands in what was not stored at its next contact, and then wipes itself. */
  revoke(device: string): Promise<Result<null>>;
  /** Ends all sessions of the person; resolves with the one-time password, which is told nowhere else. */
  resetPassword(person: string): Promise<Result<string>>;
  /** What a file would change. */
  check(file: Blob): Promise<Result<ImportReport>>;
  /** Imports a file, all or nothing; calling it off in time leaves everything as it was. */
  import(
    file: Blob,
    progress: (done: number, of: number) => void,
    calledOff: AbortSignal,
  ): Promise<Result<ImportOutcome>>;
}

/** What an import came to. */
export interface ImportOutcome {
  readonly report: ImportReport;
  readonly isImported: boolean;
  /** One per new person; the passwords are told nowhere else. */
  readonly slips: readonly PasswordSlip[];
}

/** A file with everything that is not yet at the centre, sealed by a passphrase, to be carried to another device by hand. */
export interface RescueControl {
  /** False where the browser has no cryptography: nothing is written in clear text instead. */
  readonly isPossible: boolean;
  /** What a file would hold now. Rejects if the device cannot be read. */
  waiting(): Promise<{ readonly families: number; readonly edits: number }>;
  /** Makes the file; `too-large`, or `unavailable` where it is not possible. The edits stay where they are as well. */
  write(
    passphrase: string,
  ): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }>>;
  /**
   * Opens a file and changes nothing: `malformed` (path `file`: not one of ours, else damaged), `wrong-version` (of a newer
   * app), `too-large`, `wrong-credentials` (the passphrase), `forbidden` (another person's), `unavailable`.
   */
  read(bytes: Uint8Array, passphrase: string): Promise<Result<RescuePreview>>;
}

export interface RescuePreview {
  readonly families: number;
  readonly edits: number;
  readonly writtenAt: number;
  readonly isOfThisDevice: boolean;
  /** Stores the edits as unsent ones of this device: all, or none and it rejects. Resolves with how many were new here. */
  take(): Promise<number>;
}

export interface PositionReading {
  readonly latitude: number;
  readonly longitude: number;
  readonly accuracyMetres: number;
  readonly readings: number;
}

export interface PositionControl {
  /** Watches in the background and keeps the best reading; never blocks. Returns how to stop. */
  watch(
    better: (reading: PositionReading) => void,
    failed: (reason: 'denied' | 'unavailable') => void,
  ): () => void;
}
