import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { BOUNDS } from '@rukun/core/documents';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { LIMITS } from '@rukun/core/protocol';

/** Clients named in one awareness update; stock clients repeat what they heard of everybody in the room. */
const MOST_NAMED = 1000;
const PLACE_LENGTH = 128;

interface Present {
  readonly connection: symbol;
  readonly device: string;
  readonly state: string;
}

/** What a connection says of itself; `state` null when it leaves. */
interface Named {
  readonly client: number;
  readonly state: string | null;
}

/**
 * Who is looking at one document. A connection speaks for one client id, the first it names that no other device holds;
 * what it says about others is ignored. Clocks are the relay's own, so nobody can freeze another's state.
 */
export class Presence {
  readonly #byClient = new Map<number, Present>();
  readonly #clientByConnection = new Map<symbol, number>();
  readonly #nextClock: () => number;

  constructor(nextClock: () => number) {
    this.#nextClock = nextClock;
  }

  /** Everybody's state as one awareness update, or null if nobody is there. */
  everybody(): Uint8Array | null {
    const named = [...this.#byClient].map(([client, { state }]) => ({ client, state }));
    return named.length > 0 ? this.#encode(named) : null;
  }

  /** Takes an awareness update in; what to pass on to the others, or null if nothing. */
  take(connection: symbol, device: string, person: string, update: Uint8Array): Result<Uint8Array | null> {
    const named = readAwareness(update);
    if (named === null) return fail('malformed');
    const own = named.find(({ client }) => this.#isOwn(connection, device, client));
    if (!own) return ok(null);
    if (own.state === null) return ok(this.leave(connection));
    const state = signedState(own.state, person);
    if (!state.ok) return state;
    this.#byClient.set(own.client, { connection, device, state: state.value });
    this.#clientByConnection.set(connection, own.client);
    return ok(this.#encode([{ client: own.client, state: state.value }]));
  }

  /** Takes a connection out; what to tell the others, or null if they did not know of it. */
  leave(connection: symbol): Uint8Array | null {
    const client = this.#clientByConnection.get(connection);
    this.#clientByConnection.delete(connection);
    if (client === undefined || this.#byClient.get(client)?.connection !== connection) return null;
    this.#byClient.delete(client);
    return this.#encode([{ client, state: null }]);
  }

  /** A device that reconnects finds its client id still held by the connection it lost. */
  #isOwn(connection: symbol, device: string, client: number): boolean {
    const bound = this.#clientByConnection.get(connection);
    if (bound !== undefined) return bound === client;
    const holder = this.#byClient.get(client);
    return holder === undefined || holder.device === device;
  }

  #encode(named: readonly Named[]): Uint8Array {
    return encoding.encode((out) => {
      encoding.writeVarUint(out, named.length);
      for (const { client, state } of named) {
        encoding.writeVarUint(out, client);
        encoding.writeVarUint(out, this.#nextClock());
        encoding.writeVarString(out, state ?? 'null');
      }
    });
  }
}

/** An awareness update about nobody: data that keeps a stock client from giving up, and says nothing. */
export const NOBODY: Uint8Array = Uint8Array.of(0);

function readAwareness(update: Uint8Array): Named[] | null {
  try {
    const input = decoding.createDecoder(update);
    const count = decoding.readVarUint(input);
    if (count > MOST_NAMED) return null;
    const named: Named[] = [];
    for (let index = 0; index < count; index++) {
      const client = decoding.readVarUint(input);
      if (client > BOUNDS.client) return null;
      decoding.readVarUint(input);
      const state = decoding.readVarString(input);
      named.push({ client, state: state === 'null' ? null : state });
    }
    return decoding.hasContent(input) ? null : named;
  } catch {
    return null;
  }
}

/** The state with `user` replaced by who the relay knows it to be. */
function signedState(json: string, person: string): Result<string> {
  if (json.length > LIMITS.awarenessBytes) return fail('too-large');
  let state: unknown;
  try {
    state = JSON.parse(json);
  } catch {
    return fail('malformed');
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return fail('malformed');
  const { user } = state as { user?: unknown };
  const place = typeof user === 'object' && user !== null ? (user as { place?: unknown }).place : undefined;
  const isPlace = typeof place === 'string' && place.length <= PLACE_LENGTH;
  const signed = JSON.stringify({ ...state, user: isPlace ? { person, place } : { person } });
  return ok(signed);
}
