import { fail, ok, type Result } from '@rukun/core/foundation';
import type { Place } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { rebuiltOf } from '@rukun/core/sync';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { applyUpdate, Doc, encodeStateVector, encodeStateAsUpdate } from 'yjs';
import type { OpenHousehold } from '../../../packages/pwa/src/app/app.ts';
import type { LivePorts } from '../../../packages/pwa/src/live/live-connection.ts';
import type { Vault } from '../../../packages/pwa/src/stores/vault.ts';
import { SwitchedSurroundings } from '../../support/app-parts.ts';
import { FakeSocket } from '../../support/fake-socket.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { prelistedUpdate, sit, sittingParts } from '../../support/sittings.ts';
import { until } from '../../support/until.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const ANI: DocumentName = 'household/ani';
const FLOOR: Place = { member: null, question: '303' };
const WALL: Place = { member: null, question: '304' };
const ROOF: Place = { member: null, question: '305' };

describe('a live connection', () => {
  let clock: VirtualClock;
  let name: string;
  let vault: Vault;
  let surroundings: SwitchedSurroundings;
  let tickets: number;
  let answer: () => Result<string>;
  /** What the relay has of the document. */
  let relay: Doc;
  let sitting: OpenHousehold | null;

  beforeEach(async () => {
    clock = new VirtualClock();
    name = freshName();
    vault = openVault(name, clock);
    surroundings = new SwitchedSurroundings();
    tickets = 0;
    answer = () => ok(`t${++tickets}`);
    relay = new Doc({ gc: false });
    sitting = null;
    applyUpdate(relay, prelistedUpdate());
    await vault.appendRemote(ANI, encodeStateAsUpdate(relay));
  });
  afterEach(async () => {
    await sitting?.close();
    await vault.database.destroy();
  });

  function ports(): LivePorts {
    return {
      Socket: FakeSocket.asWebSocket(),
      url: 'ws://relay.test/live',
      clock,
      random: seededRandom(3),
      surroundings,
      ticket: () => Promise.resolve(answer()),
    };
  }

  async function open(): Promise<{ sitting: OpenHousehold; socket: FakeSocket }> {
    const coming = FakeSocket.next();
    sitting = await sit(sittingParts(vault, clock, { live: ports() }), ANI);
    return { sitting, socket: await coming };
  }

  /** The handshake of a y-websocket server. */
  function shakeHands(socket: FakeSocket): void {
    socket.accept();
    socket.say({ type: 'sync-step-1', stateVector: encodeStateVector(relay) });
    socket.say({ type: 'sync-step-2', update: encodeStateAsUpdate(relay) });
  }

  const isAcknowledged = (open: OpenHousehold) => until(open.ticks, ({ relay: stored }) => stored);

  test('[LV28] offers the stored protocol and a ticket, on the address of the document', async () => {
    const { socket, sitting: opened } = await open();
    expect(socket.url).toBe('ws://relay.test/live/household/ani');
    expect(socket.protocols).toEqual(['rukun.stored.1', 'rukun.ticket.t1']);
    expect(opened.live.get()).toBe('connecting');
    shakeHands(socket);
    expect(opened.live.get()).toBe('live');
  });

  test('[LV29] an edit counts as stored at the centre after the relay says so, not before', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    expect(socket.counted.map(({ type }) => type)).toEqual(['sync-step-2', 'update']);
    expect(opened.ticks.get().relay).toBe(false);
    socket.say({ type: 'stored', frames: 1 });
    expect(await vault.unsentRows(ANI)).toHaveLength(1);
    socket.say({ type: 'stored', frames: 2 });
    await isAcknowledged(opened);
    expect(await vault.unsentRows(ANI)).toEqual([]);
  });

  test('[LV30] the step 2 carries what was written offline, and its frame acknowledges all of it', async () => {
    surroundings.setOnline(false);
    sitting = await sit(sittingParts(vault, clock, { live: ports() }), ANI);
    sitting.household.answer(FLOOR, '5');
    sitting.household.answer(WALL, '2');
    await sitting.settled();
    expect(await vault.unsentRows(ANI)).toHaveLength(2);
    const coming = FakeSocket.next();
    surroundings.setOnline(true);
    const socket = await coming;
    shakeHands(socket);
    const [step2] = socket.counted;
    if (step2?.type !== 'sync-step-2') throw new Error('no step 2');
    applyUpdate(relay, step2.update);
    expect(relay.getMap('answers').toJSON()).toMatchObject({ 303: '5', 304: '2' });
    socket.say({ type: 'stored', frames: 1 });
    await isAcknowledged(sitting);
    expect(await vault.unsentRows(ANI)).toEqual([]);
  });

  test('[LV32] does not acknowledge past an unsent row of another tab', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    // A tab that has not told of it yet.
    const elsewhere = new Doc({ gc: false });
    elsewhere.getMap('answers').set('305', '1');
    const foreign = await vault.database.write(async (tx) => {
      const row = await tx
        .objectStore('updates')
        .add({ document: ANI, local: 1, at: 1, bytes: encodeStateAsUpdate(elsewhere) } as never);
      const record = await tx.objectStore('documents').get(ANI);
      if (record)
        await tx.objectStore('documents').put({ ...record, dirtyFrom: row, waiting: 1, lastRow: row });
      return row;
    });
    socket.say({ type: 'stored', frames: 1 });
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    socket.say({ type: 'stored', frames: 2 });
    await opened.close();
    expect(await vault.unsentRows(ANI)).toContain(foreign);
  });

  test('[LV33] what others write comes in, is stored as theirs and never as unsent', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    const before = encodeStateVector(relay);
    relay.getMap('answers').set('303', '7');
    socket.say({ type: 'update', update: encodeStateAsUpdate(relay, before) });
    await until(opened.snapshot, ({ answers }) => answers['303'] === '7');
    await opened.settled();
    expect(await vault.unsentRows(ANI)).toEqual([]);
    expect((await vault.updates(ANI)).length).toBeGreaterThan(1);
    expect(socket.counted).toHaveLength(1);
  });

  test('[LV34] every connection gets a fresh ticket and counts anew; the wait grows', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    socket.end(1006);
    expect(opened.live.get()).toBe('offline');
    const coming = FakeSocket.next();
    clock.advance(2_000);
    const second = await coming;
    expect(second.protocols).toEqual(['rukun.stored.1', 'rukun.ticket.t2']);
    shakeHands(second);
    expect(second.counted.map(({ type }) => type)).toEqual(['sync-step-2']);
    second.say({ type: 'stored', frames: 1 });
    await isAcknowledged(opened);
    second.end(1006);
    const third = FakeSocket.next();
    clock.advance(2_000);
    (await third).end(1006);
    const count = FakeSocket.opened.length;
    clock.advance(1_500);
    expect(FakeSocket.opened.length).toBe(count);
    const fourth = FakeSocket.next();
    clock.advance(120_000);
    await fourth;
  });

  test('[LV34] the provider never dials by itself: it has no fresh ticket', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { socket } = await open();
      shakeHands(socket);
      socket.end(1006);
      const count = FakeSocket.opened.length;
      vi.advanceTimersByTime(60_000);
      expect(FakeSocket.opened.length).toBe(count);
    } finally {
      vi.useRealTimers();
    }
  });

  test('[LV35] close codes 4400-4499 end it', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    socket.end(4403);
    const count = FakeSocket.opened.length;
    clock.advance(600_000);
    surroundings.setOnline(true);
    expect(opened.live.get()).toBe('offline');
    expect(FakeSocket.opened.length).toBe(count);
    expect(tickets).toBe(1);
  });

  test('[LV36] a connection that does not come up is given up and tried again', async () => {
    const { sitting: opened } = await open();
    clock.advance(20_000);
    expect(opened.live.get()).toBe('offline');
    const coming = FakeSocket.next();
    clock.advance(2_000);
    await coming;
  });

  test('[LV36] no ticket: asks again later if that can help', async () => {
    answer = () => fail('unavailable');
    sitting = await sit(sittingParts(vault, clock, { live: ports() }), ANI);
    await until(sitting.live, (state) => state === 'offline');
    answer = () => ok('late');
    const coming = FakeSocket.next();
    clock.advance(2_000);
    expect((await coming).protocols).toContain('rukun.ticket.late');
  });

  test('[DV11] a document refused whole stays on the device and shows the code', async () => {
    const { socket, sitting: opened } = await open();
    shakeHands(socket);
    socket.say({ type: 'stored', frames: 1 });
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    socket.say({ type: 'refused', frame: 2, code: 'forbidden', paths: [] });
    await until(opened.ticks, ({ refused }) => refused === 'forbidden');
    opened.household.answer(WALL, '2');
    await opened.settled();
    await opened.close();
    expect(await vault.unsentRows(ANI)).toHaveLength(2);
    expect((await vault.state(ANI))?.isWaiting).toBe(true);
  });

  test('[RB1] one refused answer leaves; what else was written, before, with and after it, stays and goes up anew', async () => {
    let sent: () => void = () => undefined;
    const isAsked = new Promise<void>((resolve) => {
      sent = resolve;
    });
    let refusedOnce = false;
    const send = () => {
      if (refusedOnce) sent();
      return Promise.resolve();
    };
    const coming = FakeSocket.next();
    sitting = await sit(sittingParts(vault, clock, { live: ports(), send }), ANI);
    const opened = sitting;
    const socket = await coming;
    shakeHands(socket);
    socket.say({ type: 'stored', frames: 1 });
    opened.household.answer(ROOF, '3');
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    const before = opened.household.doc.clientID;
    refusedOnce = true;
    socket.say({ type: 'refused', frame: 3, code: 'forbidden', paths: ['answers/303'] });
    await isAsked;
    // One by one it shows which edit it was.
    const [first = 0, second = 0] = await vault.unsentRows(ANI);
    const taken = (await vault.outbox(1_000_000))[0]?.rows.find(({ row }) => row === first);
    if (taken) applyUpdate(relay, taken.update);
    const refusal = { status: 'refused', code: 'forbidden', paths: ['answers/303'] } as const;
    await vault.takeOver({
      receipts: [
        { document: ANI, upTo: first, status: 'stored' },
        { document: ANI, upTo: second, ...refusal },
      ],
      changes: [{ document: ANI, area: '', update: encodeStateAsUpdate(relay) }],
      whole: [ANI],
      position: { epoch: 'e1', feeds: [] },
    });
    const contents = await vault.contents(ANI);
    expect(contents?.refusal).toMatchObject({ code: 'forbidden', paths: ['answers/303'], hasWhole: true });
    // Typed while the rebuild is on its way.
    opened.household.answer(WALL, '2');
    await opened.settled();
    const rebuilt = await vault.contents(ANI).then((now) => now && rebuiltOf(ANI, now, seededRandom(9)));
    if (!rebuilt) throw new Error('there is something to rebuild');
    expect(await vault.rebuild(ANI, rebuilt)).toBe(true);
    await until(opened.ticks, ({ refused }) => refused === 'forbidden');
    await opened.settled();
    expect(opened.household.doc.clientID).not.toBe(before);
    expect(opened.snapshot.get().answers).toMatchObject({ 304: '2', 305: '3', 108: 'SITI AMINAH' });
    expect(opened.snapshot.get().answers['303']).toBeUndefined();
    expect(await vault.refusedEdits(ANI)).toMatchObject([
      { path: 'answers/303', value: '5', standing: null },
    ]);
    opened.household.answer(FLOOR, '6');
    await opened.settled();
    const outbox = await vault.outbox(1_000_000);
    const doc = new Doc({ gc: false });
    applyUpdate(doc, encodeStateAsUpdate(relay));
    for (const { update } of outbox[0]?.rows ?? []) applyUpdate(doc, update);
    expect(doc.store.pendingStructs).toBeNull();
    expect(doc.store.clients.get(before)).toHaveLength(1);
    expect(doc.getMap('answers').toJSON()).toMatchObject({ 303: '6', 304: '2', 305: '3' });
  });

  test('[RB2] an answer written into a copy that a rebuild has left behind is written anew in the next one', async () => {
    sitting = await sit(sittingParts(vault, clock), ANI);
    const opened = sitting;
    opened.household.answer(FLOOR, '5');
    await opened.settled();
    const row = (await vault.unsentRows(ANI))[0] ?? 0;
    await vault.refuse(ANI, row, 'forbidden', ['answers/303']);
    await vault.takeOver({
      receipts: [],
      changes: [{ document: ANI, area: '', update: encodeStateAsUpdate(relay) }],
      whole: [ANI],
      position: { epoch: 'e1', feeds: [] },
    });
    const other = openVault(name, clock);
    const now = await other.contents(ANI);
    // Another tab rebuilds; this one has not heard of it when it writes.
    if (now) await other.rebuild(ANI, rebuiltOf(ANI, now, seededRandom(9)));
    opened.household.answer(WALL, '2');
    opened.household.answer(FLOOR, '7');
    await opened.settled();
    await vi.waitFor(() => expect(opened.snapshot.get().answers).toMatchObject({ 303: '7', 304: '2' }));
    await opened.settled();
    await opened.close();
    await other.database.close();
    sitting = await sit(sittingParts(vault, clock), ANI);
    expect(sitting.snapshot.get().answers).toMatchObject({ 303: '7', 304: '2', 108: 'SITI AMINAH' });
  });

  test('[LV37] an exchange goes before the connection', async () => {
    const order: string[] = [];
    answer = () => {
      order.push('ticket');
      return ok('t');
    };
    const coming = FakeSocket.next();
    const send = () => {
      order.push('exchange');
      return Promise.resolve();
    };
    sitting = await sit(sittingParts(vault, clock, { live: ports(), send }), ANI);
    await coming;
    expect(order).toEqual(['exchange', 'ticket']);
  });
});
