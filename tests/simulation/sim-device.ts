import type { DocumentName } from '@rukun/core/protocol';
import { MemoryDocumentStore } from '../support/memory-document-store.ts';
import type { SimRelay } from './sim-relay.ts';
import { SimTab } from './sim-tab.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** A phone or laptop of one person. Its store outlives whatever happens to its tabs. */
export class SimDevice {
  readonly id: string;
  readonly person: string;
  readonly tag: string;
  readonly world: World;
  readonly relay: SimRelay;
  readonly truth: Truth;
  readonly store = new MemoryDocumentStore();
  readonly tabs: SimTab[] = [];
  isOnline = true;
  /** One answer in so many is lost on its way. */
  losesOnceIn = 1_000_000;
  #counter = 0;
  #busy: SimTab | null = null;
  #waiting: (() => void)[] = [];

  constructor(
    world: World,
    relay: SimRelay,
    truth: Truth,
    owner: { id: string; person: string; tag: string },
  ) {
    this.world = world;
    this.relay = relay;
    this.truth = truth;
    ({ id: this.id, person: this.person, tag: this.tag } = owner);
  }

  /** An id nobody makes twice; numbers are never given back. */
  nextId(): string {
    return `${this.tag}${++this.#counter}`;
  }

  openTab(): SimTab {
    const tab = new SimTab(this);
    this.tabs.push(tab);
    return tab;
  }

  forget(tab: SimTab): void {
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    if (this.#busy === tab) this.#free();
  }

  /** The link comes or goes. */
  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    for (const tab of this.tabs) tab.linkChanged();
  }

  /** Runs `work` while no other tab of this device runs some; a lock ends with the tab that holds it. */
  async alone<T>(tab: SimTab, work: () => Promise<T>): Promise<T> {
    while (this.#busy) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
      if (tab.isDead) return new Promise(() => undefined);
    }
    this.#busy = tab;
    try {
      return await work();
    } finally {
      if (this.#busy === tab) this.#free();
    }
  }

  #free(): void {
    this.#busy = null;
    for (const go of this.#waiting.splice(0)) go();
  }

  /** Everything the store holds of a document. */
  async updates(document: DocumentName): Promise<readonly Uint8Array[]> {
    return this.store.updates(document);
  }
}
