import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { fail, type Result } from '@rukun/core/foundation';
import { Household, LOCAL } from '@rukun/core/household';
import { decodeExchangeRequest, type DocumentName } from '@rukun/core/protocol';
import { exchangeAll, LinkPace, type ExchangeTransport } from '@rukun/core/sync';
import { SqliteStorage } from '@rukun/relay';
import { addHousehold } from '../relay/support/open-relay.ts';
import { SimRelay } from '../simulation/sim-relay.ts';
import { AREAS, freshDisk } from '../simulation/template.ts';
import { World } from '../simulation/world.ts';
import { MemoryDocumentStore } from '../support/memory-document-store.ts';

const FAMILIES = 2_000;
const EDITED = 200;
/** Answers of an edited family, each eight characters nobody can guess: more than a real one weighs. */
const QUESTIONS = 80;

/** A link in a valley: 600 ms there and back, 40 kbit/s each way, gone for a moment every ten seconds. */
const RTT_MS = 600;
const BYTES_PER_SECOND = 5_000;
const CUT_EVERY_MS = 10_000;
/** What HTTP adds to a request and to an answer. */
const HEADERS = 300;

/** Counts what goes over the link, and how often it breaks under way. Time passes only here. */
class ValleyLink implements ExchangeTransport {
  readonly items: number[] = [];
  sentBytes = 0;
  lostBytes = 0;
  largestBytes = 0;
  cuts = 0;
  readonly #world: World;
  readonly #relay: SimRelay;
  readonly #start: number;
  #isConnected = false;

  constructor(world: World, relay: SimRelay) {
    this.#world = world;
    this.#relay = relay;
    this.#start = world.clock.now();
  }

  get seconds(): number {
    return (this.#world.clock.now() - this.#start) / 1000;
  }

  async exchange(body: Uint8Array): Promise<Result<Uint8Array>> {
    const request = decodeExchangeRequest(body);
    this.items.push(request.ok ? request.value.items.length : 0);
    const up = gzipSync(body).byteLength + HEADERS;
    this.largestBytes = Math.max(this.largestBytes, up);
    if (!this.#isConnected && !this.#passes(RTT_MS)) return this.#lost(0);
    this.#isConnected = true;
    this.sentBytes += up;
    if (!this.#passes(RTT_MS / 2 + (up / BYTES_PER_SECOND) * 1000)) return this.#lost(up);
    const answer = await this.#relay.exchange('d-ani', body);
    const down = answer.ok ? gzipSync(answer.value).byteLength + HEADERS : HEADERS;
    if (!this.#passes(RTT_MS / 2 + (down / BYTES_PER_SECOND) * 1000)) return this.#lost(up);
    return answer;
  }

  /** Time passes; false if the link broke meanwhile. */
  #passes(duration: number): boolean {
    const ms = Math.ceil(duration);
    const now = this.#world.clock.now() - this.#start;
    const untilCut = CUT_EVERY_MS - (now % CUT_EVERY_MS);
    this.#world.clock.advance(Math.min(ms, untilCut));
    return ms < untilCut;
  }

  #lost(bytes: number): Result<Uint8Array> {
    this.cuts++;
    this.lostBytes += bytes;
    this.#isConnected = false;
    return fail('unavailable');
  }
}

/** A relay with so many families in ani's area. */
function relayWithFamilies(world: World): SimRelay {
  const database = new DatabaseSync(':memory:');
  database.deserialize(freshDisk());
  SqliteStorage.over(database, world.random).transact((writer) => {
    for (let index = 0; index < FAMILIES; index++) addHousehold(writer, `household/f${index}`, AREAS.ani);
  });
  return new SimRelay(world, database.serialize());
}

test('[EX43] 200 of 2,000 families edited, over 40 kbit/s that breaks every ten seconds: all arrive, and a cut costs one request', async () => {
  const world = new World(20_261_122);
  const relay = relayWithFamilies(world);
  const store = new MemoryDocumentStore();
  const parts = { clock: world.clock, random: world.random, pace: new LinkPace() };
  const cable: ExchangeTransport = { exchange: (body) => relay.exchange('d-ani', body) };
  expect(await exchangeAll(store, cable, parts)).toMatchObject({ ok: true });
  const edited: DocumentName[] = [];
  for (let index = 0; index < EDITED; index++) {
    const document: DocumentName = `household/f${index * 10}`;
    await fill(store, document, world);
    edited.push(document);
  }
  const link = new ValleyLink(world, relay);
  const slow = { ...parts, pace: new LinkPace() };
  for (let attempts = 0; !(await exchangeAll(store, link, slow)).ok; attempts++)
    expect(attempts, 'it comes to an end').toBeLessThan(100);
  expect(await store.outbox(1)).toEqual([]);
  for (const document of edited) {
    const doc = new Doc({ gc: false });
    for (const update of relay.storage.read((reader) => reader.updates(document))) applyUpdate(doc, update);
    expect(doc.getMap('answers').size, document).toBeGreaterThan(QUESTIONS);
  }
  expect(link.cuts).toBeGreaterThan(2);
  const largest = Math.max(...link.items);
  expect(link.items.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(EDITED + link.cuts * largest);
  expect(link.lostBytes).toBeLessThanOrEqual(link.cuts * link.largestBytes);
  process.stdout.write(
    `bad link: ${link.seconds.toFixed(0)} s, ${link.items.length} requests, ${link.cuts} cuts, ` +
      `${(link.sentBytes / 1024).toFixed(0)} KB sent, ${(link.lostBytes / 1024).toFixed(0)} KB of it again\n`,
  );
}, 60_000);

/** A family's answers, each stored as an edit of its own. */
async function fill(store: MemoryDocumentStore, document: DocumentName, world: World): Promise<void> {
  const doc = new Doc({ gc: false });
  for (const update of await store.updates(document)) applyUpdate(doc, update);
  const edits: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === LOCAL) edits.push(update);
  });
  doc.clientID = 1 + world.random.below(2 ** 32 - 2);
  const household = new Household(doc, {
    person: 'ani',
    now: () => world.clock.now(),
    nextId: () => `aka${world.next()}`,
  });
  for (let question = 0; question < QUESTIONS; question++) {
    const value = Array.from(world.random.bytes(8), (byte) => (byte % 36).toString(36)).join('');
    household.answer({ member: null, question: `${300 + question}` }, value);
  }
  for (const update of edits) await store.appendLocal(document, update, world.clock.now());
}
