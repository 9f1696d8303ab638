import { DatabaseSync } from 'node:sqlite';
import type { WebSocket } from 'ws';
import { parseUpdateMeta } from 'yjs';
import { mayRead } from '@rukun/core/access';
import { fail, ok, type Result } from '@rukun/core/foundation';
import {
  decodeAuditRequest,
  decodeExchangeAnswer,
  decodeExchangeRequest,
  encodeAuditAnswer,
  encodeExchangeAnswer,
  parseDocumentName,
  type DocumentName,
  SUBPROTOCOLS,
} from '@rukun/core/protocol';
import { DEVELOPMENT, SqliteStorage, StorageUnavailable, type Storage } from '@rukun/relay';
import { projectAssignment } from '../../packages/relay/src/access/board-projection.ts';
import { sessionOfDevice, type Session } from '../../packages/relay/src/auth/session.ts';
import { authoredRows } from '../../packages/relay/src/commit/authorship.ts';
import { createContext, type RelayContext } from '../../packages/relay/src/context.ts';
import { exchange } from '../../packages/relay/src/exchange/exchange.ts';
import { Auditor } from '../../packages/relay/src/exchange/audit.ts';
import { beginEpoch } from '../../packages/relay/src/storage/epoch.ts';
import { ServerEnd, type SimSocket } from './sim-socket.ts';
import type { World } from './world.ts';

const CONFIG = { data: ':memory:', port: 0, host: '', app: '/nowhere', demo: false, ...DEVELOPMENT };

/** What a storage says whose process was ended. */
const GONE = 'this process is gone';
const CUT = 'power cut before the commit';

/** A relay without a network: its real parts on a real database in memory, and a process that may die at any commit. */
export class SimRelay {
  /** Open connections, as the clients have them. */
  readonly sockets = new Set<SimSocket>();
  /** What went wrong inside; a run ends with none. */
  readonly faults: string[] = [];
  readonly #world: World;
  #database: DatabaseSync;
  #plain: Storage | null = null;
  #context: RelayContext | null = null;
  #ends = new Set<ServerEnd>();
  /** Counts the processes, so that an answer of a dead one is given by nobody. */
  #life = 0;
  /** One commit in so many is the last of its process; 0: none. */
  diesOnceIn = 0;

  constructor(world: World, data: Uint8Array) {
    this.#world = world;
    this.#database = openCopy(data);
    this.start();
  }

  get isUp(): boolean {
    return this.#context !== null;
  }

  /** The storage as it is on disk, whatever the process does. Not for writing beside a process that runs. */
  get storage(): Storage {
    this.#plain ??= SqliteStorage.over(this.#database, this.#world.random);
    return this.#plain;
  }

  start(): void {
    if (this.#context) return;
    const life = ++this.#life;
    const storage = this.#mortal(SqliteStorage.over(this.#database, this.#world.random), life);
    const log = {
      info: () => undefined,
      error: (event: string, fields?: object) => this.#note(event, fields),
    };
    const { clock, random } = this.#world;
    this.#context = createContext(CONFIG, { clock, random, log, storage });
  }

  /** The process is gone at once; what was committed stays. */
  crash(): void {
    this.#context = null;
    this.#life++;
    for (const end of this.#ends) end.vanish();
    this.#ends.clear();
    for (const socket of this.sockets) socket.cut();
  }

  /** A copy of the disk as it is now. */
  backup(): Uint8Array {
    return this.#database.serialize();
  }

  /** The disk is lost and an older copy takes its place. */
  restore(data: Uint8Array): void {
    this.crash();
    this.#database = openCopy(data);
    this.#plain = null;
    const at = this.#world.clock.now();
    this.storage.transact((writer) => beginEpoch(writer, this.#world.random, { at, isRecovery: true }));
    this.start();
  }

  /** The board gives an area to somebody else. */
  assign(area: string, officer: string): void {
    this.storage.transact((writer) => {
      const before = writer.assignments().find((each) => each.area === area);
      const beside = { officers: [], supervisors: [] };
      if (before) projectAssignment(writer, { ...before, officer, beside }, this.#world.clock.now());
    });
    this.#context?.rooms.checkAccess();
  }

  /** One exchange as the relay serves it; `unavailable` if the process is not there to answer. */
  async exchange(device: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    const context = this.#context;
    const life = this.#life;
    if (!context) return fail('unavailable');
    const session = context.storage.read((reader) => sessionOfDevice(reader, device));
    if (!session) return fail('unauthenticated');
    const request = decodeExchangeRequest(body);
    if (!request.ok) throw new Error(`a device of ours wrote an unreadable request: ${request.failure.code}`);
    const answer = await exchange(context, session, request.value);
    if (life !== this.#life) return fail('unavailable');
    if (!answer.ok) return answer;
    const bytes = encodeExchangeAnswer(answer.value);
    this.#checkReadable(session, bytes);
    return ok(bytes);
  }

  /** One audit as the relay serves it. */
  async audit(device: string, body: Uint8Array): Promise<Result<Uint8Array>> {
    const context = this.#context;
    const life = this.#life;
    if (!context) return fail('unavailable');
    const session = context.storage.read((reader) => sessionOfDevice(reader, device));
    if (!session) return fail('unauthenticated');
    const request = decodeAuditRequest(body);
    if (!request.ok) throw new Error(`a device of ours wrote an unreadable audit: ${request.failure.code}`);
    const answer = await new Auditor(context).answer(session, request.value);
    if (life !== this.#life || !answer.ok) return answer.ok ? fail('unavailable') : answer;
    return ok(encodeAuditAnswer(answer.value));
  }

  /** A WebSocket handshake; null where nobody answers. A ticket is the device's id here. */
  connect(socket: SimSocket, url: string, protocols: readonly string[]): ServerEnd | null {
    const context = this.#context;
    const parsed = parseDocumentName(new URL(url).pathname.slice('/live/'.length));
    const device = protocols[1]?.slice(SUBPROTOCOLS.ticketPrefix.length) ?? '';
    if (!context || !parsed.ok) return null;
    const session = context.storage.read((reader) => sessionOfDevice(reader, device));
    const end = new ServerEnd(socket, SUBPROTOCOLS.stored);
    this.#ends.add(end);
    const { name } = parsed.value;
    if (!session || !this.#isReadable(session, name)) {
      end.close(4403);
      return end;
    }
    context.rooms.enter(end as unknown as WebSocket, name, session, true);
    return end;
  }

  /** Moves a keep-alive round on, as the relay's clock does. */
  get context(): RelayContext | null {
    return this.#context;
  }

  #mortal(storage: Storage, life: number): Storage {
    return {
      read: (f) => storage.read(f),
      sweep: () => true,
      close: () => undefined,
      transact: (f) => {
        if (life !== this.#life) throw new StorageUnavailable(GONE);
        const isLast = this.diesOnceIn > 0 && this.#world.once(this.diesOnceIn);
        if (isLast && this.#world.once(2)) {
          this.crash();
          throw new StorageUnavailable(CUT);
        }
        const result = storage.transact(f);
        if (isLast) this.crash();
        return result;
      },
    };
  }

  #note(event: string, fields: object = {}): void {
    const told = JSON.stringify(fields);
    const isGone = event === 'audit.failed' && (told.includes(GONE) || told.includes(CUT));
    if (!isGone && (event !== 'commit.failed' || !told.includes('unavailable')))
      this.faults.push(`${event} ${told}`);
  }

  #isReadable(session: Session, name: string): boolean {
    const parsed = parseDocumentName(name);
    if (!parsed.ok) return false;
    const document = this.storage.read((reader) => reader.document(parsed.value.name));
    return document !== null && mayRead(session.actor, document) === null;
  }

  /**
   * Nobody reads what they may not: not one change of a document of somebody else's area, but for what they had read or written
   * themselves before it was given away.
   */
  #checkReadable({ device }: Session, bytes: Uint8Array): void {
    const answer = decodeExchangeAnswer(bytes);
    if (!answer.ok) throw new Error('the relay wrote an unreadable answer');
    const now = this.storage.read((reader) => sessionOfDevice(reader, device.id));
    for (const { document, update } of answer.value.changes)
      if (!now || !(this.#isReadable(now, document) || this.#isNoNews(now, document, update)))
        throw new Error(`${device.id} was sent ${document}, which is not for it`);
  }

  /** Whether all of it was there before the area was given away, or is the person's own. */
  #isNoNews({ actor, person }: Session, name: DocumentName, update: Uint8Array): boolean {
    const { document, log } = this.storage.read((reader) => ({
      document: reader.document(name),
      log: reader.log(name),
    }));
    const former = actor.former.get(document?.area ?? '');
    const rows = authoredRows(log);
    return [...parseUpdateMeta(update).to].every(([client, end]) => {
      const row = rows.find(({ structs }) =>
        structs.some((each) => each.client === client && each.from < end && end <= each.to),
      );
      return row && former && (row.person === person.id || row.seq <= former.lastCommit);
    });
  }
}

function openCopy(data: Uint8Array): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.deserialize(data);
  return database;
}
