import type { MovedRun } from '@rukun/core/sync';
import { decodeUpdate, Item, type Doc } from 'yjs';
import { pathOf, placesWithStandingAnswers, rootOf, type Place } from '@rukun/core/household';
import { FleetDevice, freshClient, OneDocumentRelay } from './fleet.ts';
import {
  answersIn,
  isRemovedPath,
  removedPathOf,
  trueHeads,
  trueSideBySide,
  type TrueCopy,
  type TrueWrite,
} from './fleet-truth.ts';
import type { seededRandom } from './seeded-random.ts';

type Random = ReturnType<typeof seededRandom>;
type Value = string | null;

/** A step a person can take back: what it wrote last, and what it settled beyond that. */
interface TrueStep {
  readonly place: Place;
  write: TrueWrite;
  readonly settled: ReadonlySet<TrueWrite>;
}

/** One tab, and what is truly in its copy. */
interface Tab {
  readonly device: FleetDevice;
  copy: TrueCopy;
  done: TrueStep[];
  undone: TrueStep[];
}

const MEMBER = 'm1';
const PLACES: readonly Place[] = [
  { member: null, question: '303' },
  { member: MEMBER, question: '402' },
  { member: MEMBER, question: '403' },
  { member: MEMBER, question: 'removed' },
];
const NOTHING: ReadonlySet<TrueWrite> = new Set();

/** Devices, tabs and people that edit one household in every way there is, with the truth kept beside them. */
export class FleetRun {
  readonly relay: OneDocumentRelay;
  readonly tabs: Tab[] = [];
  readonly #random: Random;
  readonly #writes = new Map<string, TrueWrite>();
  #at = 0;

  constructor(random: Random) {
    this.#random = random;
    this.relay = new OneDocumentRelay(freshClient(random));
    const open = (name: string, person: string, besides?: FleetDevice): FleetDevice => {
      const parts = besides ? { person, besides } : { person };
      const device = new FleetDevice(name, freshClient(random), this.relay, parts);
      this.tabs.push({ device, copy: new Set(), done: [], undone: [] });
      return device;
    };
    // Two devices of one person, one of them with two tabs, and two other people.
    const phone = open('phone', 'ani');
    open('phone', 'ani', phone);
    open('laptop', 'ani');
    open('d1', 'budi');
    open('d2', 'sari');
  }

  /** One random step of a random tab, then a look at what it touched. Says what it was, and what is not as it should be. */
  step(): { readonly what: string; readonly difference: string | null } {
    const tab = this.#random.pick(this.tabs);
    const messages = this.relay.messages.length;
    const what = this.#act(tab);
    const touched = what.endsWith('writes anew') ? this.#tabsOf(tab.device) : [tab];
    const atRelay = this.relay.messages.length > messages ? this.differenceAtRelay() : null;
    return { what, difference: atRelay ?? this.#differenceOn(touched) };
  }

  /** Everybody sends and receives everything; then all copies are to show the same. */
  settle(): string | null {
    for (const { device } of this.tabs) device.up(++this.#at);
    for (const tab of this.tabs) this.#down(tab, Infinity);
    const copies = this.tabs.map(({ copy }) => copy.size);
    if (new Set([...copies, this.stored().size]).size > 1) return `copies hold ${copies.join()}`;
    return this.differenceAtRelay() ?? this.#differenceOn(this.tabs);
  }

  /** How many paths have answers side by side at the relay. */
  disputes(): number {
    return placesWithStandingAnswers(this.relay.doc).length;
  }

  #differenceOn(tabs: readonly Tab[]): string | null {
    return tabs.map((tab) => this.differenceOf(tab)).find((difference) => difference !== null) ?? null;
  }

  #act(tab: Tab): string {
    this.#at++;
    const { device } = tab;
    const action = this.#random.below(24);
    if (action < 9) return this.#answer(tab);
    if (action < 11) return this.#undo(tab);
    if (action < 12) return this.#redo(tab);
    if (action < 16) return this.#up(tab);
    if (action < 21)
      return this.#down(tab, this.#random.below(3) === 0 ? 1 + this.#random.below(3) : Infinity);
    if (action < 22) {
      device.reload(freshClient(this.#random));
      const copies = this.#tabsOf(device).map(({ copy }) => copy);
      Object.assign(tab, { copy: new Set(copies.flatMap((copy) => [...copy])), done: [], undone: [] });
      return 'reload';
    }
    if (action < 23) {
      const other = this.#random.pick(this.#tabsOf(device));
      device.takeOver(other.device);
      for (const write of other.copy) tab.copy.add(write);
      return 'tab';
    }
    return this.#rebuild(tab);
  }

  /** What this copy shows against what is true of it; null if they agree. */
  differenceOf({ device, copy }: Tab): string | null {
    const places: string[] = [];
    for (const place of PLACES) {
      const path = pathOf(place);
      const truth = trueSideBySide(copy, path);
      const current = this.#current(device.doc, place);
      if (truth.length > 0 && !truth.includes(current as TrueWrite))
        return `${device.name} ${path}: the current one, ${idAt(device.doc, place)}, is no head of ${truth.map(({ id }) => id).join()}`;
      const others = truth.filter((write) => write !== current && valueAt(path, write) !== current?.value);
      const expected = others.length > 0 ? [current?.id, ...others.map(({ id }) => id).sort()] : [];
      const [first, ...rest] = device.household.standing(place).map(({ key }) => key);
      const shown = first === undefined ? [] : [first, ...rest.sort()];
      if (shown.join() !== expected.join())
        return `${device.name} ${path}: shows ${shown.join()}, expected ${expected.join()}`;
      if (expected.length > 0) places.push(path);
    }
    const found = placesWithStandingAnswers(device.doc).map(([root, key]) => `${root}/${key}`);
    return found.sort().join() === places.sort().join()
      ? null
      : `places: ${found.join()}, expected ${places.join()}`;
  }

  /** What the relay keeps beside each answer against what is true of all that reached it; null if they agree. */
  differenceAtRelay(): string | null {
    const copy = this.stored();
    for (const place of PLACES) {
      const path = pathOf(place);
      const truth = trueSideBySide(copy, path);
      const expected = truth.length > 1 ? truth.map((write) => words(path, write)).sort() : [];
      const kept = keptBeside(this.relay.doc, path).sort();
      if (kept.join() !== expected.join())
        return `${path}: keeps ${kept.join()}, expected ${expected.join()}`;
    }
    return null;
  }

  /** The writes whose structs reached the relay. */
  stored(): TrueCopy {
    const [tab] = this.tabs;
    return new Set(
      [...this.#writes.values()].filter(({ id }) => {
        const [client = 0, clock = 0] = id.split('-').map(Number);
        return tab?.device.isStored(client, clock);
      }),
    );
  }

  #tabsOf(device: FleetDevice): Tab[] {
    return this.tabs.filter((tab) => tab.device.name === device.name);
  }

  #answer(tab: Tab): string {
    const { device, copy } = tab;
    const place = this.#random.pick(PLACES);
    const path = pathOf(place);
    const values: Value[] = isRemovedPath(path) ? ['pindah', 'keliru', null] : ['a', 'b', 'c', null];
    const value = this.#random.pick(values);
    const heads = trueHeads(copy, path);
    const sideBySide = trueSideBySide(copy, path);
    const current = this.#current(device.doc, place);
    const isAsked = sideBySide.some((write) => valueAt(path, write) !== current?.value);
    const mustWrite = (current?.value ?? null) !== value || isAsked;
    const settled = new Set(sideBySide.filter((write) => write !== current));
    const write = this.#written(tab, place, { covers: new Set(heads) }, () => {
      device.answer(place, value);
    });
    if ((write !== null) !== mustWrite)
      throw new Error(`${path}: ${mustWrite ? 'nothing was' : 'it was'} written`);
    if (!write) return 'answered before';
    tab.done.push({ place, write, settled });
    tab.undone = [];
    return `${tab.device.name} answers ${path} ${value}`;
  }

  #undo(tab: Tab): string {
    const step = tab.done.pop();
    if (!step) return 'nothing to undo';
    tab.undone.push(step);
    const current = this.#current(tab.device.doc, step.place);
    const covers = new Set(current ? [current] : []);
    const parts = { covers, takesBack: step.write, restores: step.settled };
    const write = this.#written(tab, step.place, parts, () => {
      tab.device.history.undo();
    });
    return write ? `${tab.device.name} undoes ${pathOf(step.place)}` : 'undo leaves it alone';
  }

  #redo(tab: Tab): string {
    const step = tab.undone.pop();
    if (!step) return 'nothing to redo';
    tab.done.push(step);
    const current = this.#current(tab.device.doc, step.place);
    const chosenFrom = [...step.settled].filter((each) => each.path === pathOf(step.place));
    const covers = new Set([...(current ? [current] : []), ...chosenFrom]);
    const write = this.#written(tab, step.place, { covers }, () => {
      tab.device.history.redo();
    });
    if (write) step.write = write;
    return write ? `${tab.device.name} redoes ${pathOf(step.place)}` : 'redo leaves it alone';
  }

  /** Runs `act`, and notes the write it made at a place; null if it made none. */
  #written(
    { device, copy }: Tab,
    place: Place,
    parts: Pick<TrueWrite, 'covers'> & Partial<Pick<TrueWrite, 'takesBack' | 'restores'>>,
    act: () => void,
  ): TrueWrite | null {
    const path = pathOf(place);
    const before = idAt(device.doc, place);
    const removedPath = removedPathOf(path);
    const isTakenOut =
      removedPath !== null && trueHeads(copy, removedPath).some(({ value }) => value !== null);
    const restores = parts.restores ?? NOTHING;
    const sawAnswers = isRemovedPath(path)
      ? new Set(answersIn(copy, path).filter((write) => !restores.has(write)))
      : NOTHING;
    act();
    const id = idAt(device.doc, place);
    if (id === before || id === null) return null;
    const write: TrueWrite = {
      path,
      value: device.doc.getMap(rootOf(place)).get(place.question),
      by: device.person,
      id,
      covers: parts.covers,
      takesBack: parts.takesBack ?? null,
      restores,
      saysMember: !isTakenOut,
      sawAnswers,
    };
    this.#writes.set(id, write);
    copy.add(write);
    return write;
  }

  #up({ device }: Tab): string {
    const way = this.#random.below(6);
    const judgements =
      way === 0
        ? device.upRows(Infinity, this.#at)
        : way === 1
          ? device.upRows(1 + this.#random.below(3), this.#at)
          : way === 2
            ? [device.upCopy(this.#at)]
            : way === 3
              ? [device.upCopy(this.#at, true)]
              : way === 4
                ? [device.upCopy(this.#at), device.up(this.#at)]
                : [device.up(this.#at)];
    const refused = judgements.find((judgement) => judgement?.verdict === 'refused');
    if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`);
    return `${device.name} sends in way ${way}`;
  }

  #down({ device, copy }: Tab, messages: number): string {
    const from = device.received;
    device.down(messages);
    for (const update of this.relay.messages.slice(from, device.received))
      for (const id of idsOf(update)) {
        const write = this.#writes.get(id);
        if (write) copy.add(write);
      }
    return `${device.name} receives ${device.received - from}`;
  }

  #rebuild({ device }: Tab): string {
    if (!device.hasUnsent) return 'nothing to rebuild';
    const tabs = this.#tabsOf(device);
    const isNew = (id: string): boolean => {
      const [client = 0, clock = 0] = id.split('-').map(Number);
      return !device.isStored(client, clock);
    };
    const before = [...new Set(device.unsent.flatMap(idsOf))].filter(isNew);
    const runs = device.rebuild(this.#random);
    const moved = before.map((id) => [this.#writes.get(id), movedTo(runs, id)] as const);
    for (const id of before) this.#writes.delete(id);
    for (const [write, id] of moved) {
      if (!write) continue;
      write.id = id;
      this.#writes.set(id, write);
    }
    const unsent = moved.flatMap(([write]) => write ?? []);
    for (const tab of tabs)
      Object.assign(tab, { copy: new Set([...this.stored(), ...unsent]), done: [], undone: [] });
    return `${device.name} writes anew`;
  }

  #current(doc: Doc, place: Place): TrueWrite | undefined {
    return this.#writes.get(idAt(doc, place) ?? '');
  }
}

/** Where a rebuild wrote a struct anew. */
function movedTo(runs: readonly MovedRun[], id: string): string {
  const [client = 0, clock = 0] = id.split('-').map(Number);
  const run = runs.find(
    ([from, first, length]) => from === client && clock >= first && clock < first + length,
  );
  if (!run || run[3] < 0) throw new Error('a rebuild left something out');
  return `${run[3]}-${run[4] + clock - run[1]}`;
}

/** Beside a removal an answer says that the member belongs to the family. */
function valueAt(path: string, write: TrueWrite): unknown {
  return write.path === path ? write.value : null;
}

function words(path: string, write: TrueWrite): string {
  return `${write.id} ${JSON.stringify(valueAt(path, write))} by ${write.by}`;
}

function idAt(doc: Doc, place: Place): string | null {
  const item = doc.getMap(rootOf(place))._map.get(place.question);
  return item ? `${item.lastId.client}-${item.lastId.clock}` : null;
}

/** The entries the relay filled in beside one path. */
function keptBeside(doc: Doc, path: string): string[] {
  const name = `other/${path}`;
  if (!doc.share.has(name)) return [];
  return [...doc.getMap(name).entries()].flatMap(([id, entry]) => {
    if (typeof entry === 'object' && entry !== null) {
      const { value, by } = entry as { value: unknown; by: unknown };
      return [`${id} ${JSON.stringify(value)} by ${String(by)}`];
    }
    return entry === true ? [`${id} was not filled in`] : [];
  });
}

/** The structs of an update, each value of a run. */
function idsOf(update: Uint8Array): string[] {
  return decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Item
      ? Array.from({ length: struct.length }, (_, index) => `${struct.id.client}-${struct.id.clock + index}`)
      : [],
  );
}
