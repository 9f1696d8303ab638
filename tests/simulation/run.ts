import { offers, offersEvent } from '@rukun/core/access';
import type { Role } from '@rukun/core/foundation';
import type { Place, State } from '@rukun/core/household';
import { EVENT_TYPES, readEvents, readSnapshot, stateOf } from '@rukun/core/household';
import { checkRun } from './checks.ts';
import { SimDevice } from './sim-device.ts';
import type { SimCopy } from './sim-copy.ts';
import { SimRelay } from './sim-relay.ts';
import type { SimTab } from './sim-tab.ts';
import { AREAS, freshDisk, HOUSEHOLDS, OWNERS, roleOf } from './template.ts';
import { Truth } from './truth.ts';
import { World } from './world.ts';

const STEPS = 120;
const QUESTIONS = ['303', '304'];
/** Longer than any answer may be: the centre refuses it, by its path. */
const TOO_LONG = 'x'.repeat(4_001);

/** What a run did, for the accounts. */
export interface RunReport {
  readonly answers: number;
  readonly refused: number;
  readonly crashes: number;
}

/** One simulated run of a team: everything that happens in it follows from the seed. Throws if a promise is broken. */
export async function run(seed: number): Promise<RunReport> {
  const scene = new Scene(seed);
  await scene.begin();
  for (let step = 0; step < STEPS; step++) await scene.act();
  await scene.rest();
  return checkRun(scene);
}

/** The centre, the devices, and what can happen to them. */
export class Scene {
  readonly world: World;
  readonly truth = new Truth();
  readonly relay: SimRelay;
  readonly devices: readonly SimDevice[];
  crashes = 0;
  restores = 0;
  /** Client ids of every open copy there ever was. */
  readonly clients = new Set<number>();
  readonly doubleClients: number[] = [];
  #backup: Uint8Array | null = null;
  #failures: unknown[] = [];

  constructor(seed: number) {
    this.world = new World(seed);
    this.relay = new SimRelay(this.world, freshDisk());
    this.devices = OWNERS.map((owner) => new SimDevice(this.world, this.relay, this.truth, owner));
    for (const device of this.devices) device.openTab();
  }

  /** A morning with a link: everybody has the families of the own areas, most have one open. */
  async begin(): Promise<void> {
    const { random } = this.world;
    for (const { tabs } of this.devices) this.#start(tabs[0]?.exchange());
    await this.world.finish();
    for (const { tabs } of this.devices)
      if (random.below(4) > 0) this.#start(tabs[0]?.open(random.pick(Object.values(HOUSEHOLDS))));
    if (random.below(2) === 0) await this.world.finish();
    this.relay.diesOnceIn = this.world.once(3) ? 40 : 0;
    for (const device of this.devices) device.losesOnceIn = this.world.once(2) ? 6 : 1_000_000;
  }

  /** One thing happens. */
  async act(): Promise<void> {
    const { random } = this.world;
    const draw = random.below(100);
    if (draw < 40) for (let count = 1 + random.below(6); count > 0; count--) await this.world.step();
    else if (draw < 62) this.#withCopy((copy) => this.#write(copy));
    else if (draw < 74) this.#withTab((tab) => this.#start(tab.open(random.pick(Object.values(HOUSEHOLDS)))));
    else if (draw < 84)
      this.#withTab((tab) => this.#start(this.world.once(8) ? tab.audit() : tab.exchange()));
    else if (draw < 87) this.#withCopy((copy, tab) => this.#start(tab.close(copy.document)));
    else this.#mishap(draw);
    this.#look();
    this.#rethrow();
  }

  /** Every fault is mended, every edit sent, every change fetched. */
  async rest(): Promise<void> {
    this.relay.diesOnceIn = 0;
    this.relay.start();
    for (const device of this.devices) {
      device.losesOnceIn = 1_000_000;
      if (device.tabs.length === 0) device.openTab();
      for (const tab of device.tabs) tab.fullOnceIn = 0;
      device.setOnline(true);
    }
    for (let round = 0, before = '', now = '-'; round < 12 && before !== now; round++) {
      before = now;
      for (const device of this.devices)
        for (const tab of device.tabs) {
          for (const copy of tab.copies.values()) {
            const save = copy.file.save;
            if (save.state === 'failed') save.retry();
          }
          this.#start(
            (this.restores > 0 ? round > 0 : round === 1) && tab === device.tabs[0]
              ? tab.audit()
              : tab.exchange(),
          );
        }
      await this.world.finish();
      this.world.clock.advance(130_000);
      await this.world.finish();
      this.#look();
      this.#rethrow();
      now = await this.#standing();
    }
    for (const device of this.devices)
      for (const tab of device.tabs) for (const name of tab.copies.keys()) this.#start(tab.close(name));
    await this.world.finish();
    for (const device of this.devices) this.#start(device.tabs[0]?.exchange());
    await this.world.finish();
    for (const device of this.devices) this.#start(device.tabs[0]?.exchange());
    await this.world.finish();
    this.#rethrow();
  }

  /** Where everybody stands: the same after two rounds means that nothing moves any more. */
  async #standing(): Promise<string> {
    const devices = this.devices.map(async ({ store }) => [
      await store.position(),
      await store.outbox(Number.MAX_SAFE_INTEGER),
      await store.refusedDocuments(),
    ]);
    const last = this.relay.storage.read((reader) => reader.lastSeq());
    return JSON.stringify([last, await Promise.all(devices)]);
  }

  #write(copy: SimCopy): void {
    const { random } = this.world;
    const { household } = copy;
    const { members } = readSnapshot(household.doc);
    const value = `v${this.world.next()}`;
    const member = members.length > 0 && random.below(3) === 0 ? random.pick(members) : null;
    const place: Place = { member: member?.id ?? null, question: member ? '403' : random.pick(QUESTIONS) };
    const draw = random.below(20);
    const role = roleOf(copy.person);
    const state = stateOf(readEvents(household.doc), true);
    const mayAnswer = offers(role, 'answers', state);
    if (draw === 18 && this.world.next() % 3 > 0) this.#moveOn(copy, role, state);
    else if (draw !== 17 && draw !== 18 && !mayAnswer) return;
    else if (draw < 15) {
      if (!member || member.removed === null) copy.answer(place, value);
    } else if (draw === 15) household.addMember();
    else if (draw === 16) copy.answer({ member: null, question: random.pick(QUESTIONS) }, value + TOO_LONG);
    else if (draw === 17) household.doc.getMap(`remark/f${this.world.next()}`).set('by', 'somebody else');
    else if (draw === 18) household.addRemark('', value);
    else {
      copy.answer({ member: null, question: '303' }, value);
      copy.answer({ member: null, question: '304' }, `v${this.world.next()}`);
    }
  }

  /** One of the things the app offers this person in this state. */
  #moveOn({ household }: SimCopy, role: Role, state: State): void {
    const offered = EVENT_TYPES.filter((type) => offersEvent(role, type, state));
    const type = offered[this.world.next() % Math.max(1, offered.length)];
    if (type) household.addEvent(type);
  }

  #mishap(draw: number): void {
    const { random } = this.world;
    const device = random.pick(this.devices);
    if (draw < 89) this.#withTab((tab) => this.#crash(tab));
    else if (draw < 90 && device.tabs.length < 2) device.openTab();
    else if (draw < 93) {
      device.setOnline(!device.isOnline);
      if (!device.isOnline) for (const socket of this.relay.sockets) if (this.world.once(2)) socket.cut();
    } else if (draw < 95) this.world.clock.advance(random.pick([1_000, 30_000, 130_000]));
    else if (draw < 96 && this.relay.isUp) {
      this.crashes++;
      this.relay.crash();
    } else if (draw < 98) this.relay.start();
    else if (draw < 99) this.#backUpOrRestore();
    else if (random.below(2) === 0) this.#withTab((tab) => (tab.fullOnceIn = random.pick([0, 4])));
    else this.relay.assign(random.pick(Object.values(AREAS)), random.pick(['ani', 'budi']));
  }

  #backUpOrRestore(): void {
    if (this.#backup === null) this.#backup = this.relay.backup();
    else {
      this.crashes++;
      this.restores++;
      this.relay.restore(this.#backup);
      this.#backup = null;
    }
  }

  #crash(tab: SimTab): void {
    this.crashes++;
    const { device } = tab;
    tab.crash();
    if (device.tabs.length === 0) device.openTab();
  }

  #withTab(act: (tab: SimTab) => void): void {
    const tabs = this.devices.flatMap(({ tabs: open }) => open);
    if (tabs.length > 0) act(this.world.random.pick(tabs));
  }

  #withCopy(act: (copy: SimCopy, tab: SimTab) => void): void {
    const open = this.devices.flatMap(({ tabs }) =>
      tabs.flatMap((tab) => [...tab.copies.values()].map((copy) => ({ copy, tab }))),
    );
    if (open.length === 0) return;
    const { copy, tab } = this.world.random.pick(open);
    act(copy, tab);
  }

  /** Begins something that may end much later, or never. A disk that is full is no fault. */
  #start(work: Promise<unknown> | undefined): void {
    work?.catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'the disk is full') this.#failures.push(error);
    });
  }

  #look(): void {
    for (const { tabs } of this.devices)
      for (const tab of tabs)
        for (const { file } of tab.copies.values()) {
          const others = tabs.filter((each) => each !== tab).flatMap((each) => [...each.copies.values()]);
          if (others.some((other) => other.file.doc.clientID === file.doc.clientID))
            this.doubleClients.push(file.doc.clientID);
        }
  }

  #rethrow(): void {
    const [failure] = this.#failures;
    if (failure !== undefined) throw failure;
    const [fault] = this.relay.faults;
    if (fault !== undefined) throw new Error(`the relay: ${fault}`);
  }
}
