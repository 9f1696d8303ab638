import { fail, ok, type Result } from '@rukun/core/foundation';
import type { DocumentName } from '@rukun/core/protocol';
import {
  auditAll,
  exchangeAll,
  LinkPace,
  type AuditReport,
  type ExchangeReport,
  type TabStore,
} from '@rukun/core/sync';
import type { LivePorts } from '../../packages/pwa/src/live/live-connection.ts';
import { heldStore } from './held-store.ts';
import { SimCopy } from './sim-copy.ts';
import type { SimDevice } from './sim-device.ts';
import { SimSocket } from './sim-socket.ts';
import type { Truth } from './truth.ts';
import type { World } from './world.ts';

/** One tab of the app on one device. It can die at any moment, in the middle of anything. */
export class SimTab {
  readonly device: SimDevice;
  readonly world: World;
  readonly truth: Truth;
  readonly store: TabStore;
  readonly copies = new Map<DocumentName, SimCopy>();
  readonly #pace = new LinkPace();
  readonly #listeners = new Set<() => void>();
  readonly #lane: string;
  fullOnceIn = 0;
  isDead = false;

  constructor(device: SimDevice) {
    this.device = device;
    this.world = device.world;
    this.truth = device.truth;
    this.#lane = `tab-${this.world.next()}`;
    this.store = heldStore(this.world, device.store, this.#lane, this);
  }

  async open(document: DocumentName): Promise<void> {
    if (this.copies.has(document)) return;
    const copy = await SimCopy.open(this, document);
    if (copy && this.isDead) copy.crash();
    else if (copy) this.copies.set(document, copy);
  }

  async close(document: DocumentName): Promise<void> {
    const copy = this.copies.get(document);
    this.copies.delete(document);
    await copy?.close();
  }

  /** The tab is gone at once. */
  crash(): void {
    this.isDead = true;
    this.world.drop(this);
    for (const copy of this.copies.values()) copy.crash();
    this.copies.clear();
    this.device.forget(this);
  }

  /** The link is there again, or gone. */
  linkChanged(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Brings what waits of a document up before it goes live. */
  async send(document: DocumentName): Promise<void> {
    const { state } = await this.store.news(document, Number.MAX_SAFE_INTEGER, () => true);
    if (state?.isWaiting && !state.isKept) await this.exchange().catch(() => undefined);
  }

  /** One exchange, while no other tab of the device runs one. */
  exchange(): Promise<Result<ExchangeReport>> {
    return this.device.alone(this, () =>
      exchangeAll(
        this.store,
        {
          exchange: (body) =>
            this.#request(body, (device, bytes) => this.device.relay.exchange(device, bytes)),
        },
        { clock: this.world.clock, random: this.world.random, pace: this.#pace },
      ),
    );
  }

  /** Compares everything with the centre and heals what differs, as the app does daily and after a restore. */
  audit(): Promise<Result<AuditReport>> {
    return auditAll(
      this.store,
      {
        exchange: (body) => this.#request(body, (device, bytes) => this.device.relay.exchange(device, bytes)),
        audit: (body) => this.#request(body, (device, bytes) => this.device.relay.audit(device, bytes)),
      },
      {
        clock: this.world.clock,
        random: this.world.random,
        pace: this.#pace,
        pause: () => Promise.resolve(),
        alone: (work) => this.device.alone(this, work),
        progress: () => undefined,
      },
    );
  }

  livePorts(): LivePorts {
    const { world, device } = this;
    class Socket extends SimSocket {
      constructor(url: string, protocols: readonly string[]) {
        super(world, device.relay, url, protocols);
      }
    }
    return {
      Socket: Socket as unknown as typeof WebSocket,
      url: 'ws://relay/live',
      clock: world.clock,
      random: world.random,
      surroundings: {
        isOnline: () => device.isOnline && !this.isDead,
        isVisible: () => true,
        onChange: (listener) => {
          this.#listeners.add(listener);
          return () => {
            this.#listeners.delete(listener);
          };
        },
      },
      ticket: async () => {
        await world.hold(`${this.#lane}-ticket`, this);
        return device.isOnline && device.relay.isUp ? ok(device.id) : fail('unavailable');
      },
    };
  }

  /** A request on its way: lost, answered and lost on the way back, or sent twice by somebody between. */
  async #request(
    body: Uint8Array,
    ask: (device: string, body: Uint8Array) => Promise<Result<Uint8Array>>,
  ): Promise<Result<Uint8Array>> {
    const { world, device } = this;
    const lane = `request-${world.next()}`;
    await world.hold(lane, this);
    if (!device.isOnline) return fail('unavailable');
    if (world.once(8)) void world.hold(`${lane}-again`, device).then(() => ask(device.id, body));
    const answer = await ask(device.id, body);
    await world.hold(lane, this);
    return device.isOnline && !world.once(device.losesOnceIn) ? answer : fail('unavailable');
  }
}
