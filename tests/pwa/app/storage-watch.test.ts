import { describe, expect, test } from 'vitest';
import { StorageWatch } from '../../../packages/pwa/src/app/storage-watch.ts';
import { StoreFailure } from '../../../packages/pwa/src/stores/store-failure.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const MB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const NO_ROOM = new StoreFailure('full', null);

/** A device whose room the test sets. */
class Device {
  persisted = true;
  freeMb: number | null = 4000;
  asked = 0;
  reads = 0;
  /** Copies that could be dropped. */
  copies = 0;
  retries = 0;
  readonly clock = new VirtualClock();
  #refused: () => void = () => undefined;
  readonly watch = new StorageWatch(
    {
      persist: () => {
        this.asked++;
        return Promise.resolve(this.persisted);
      },
      read: () => {
        this.reads++;
        const known = { usage: 10 * MB, quota: (10 + (this.freeMb ?? 0)) * MB };
        const numbers = this.freeMb === null ? { usage: null, quota: null } : known;
        return Promise.resolve({ persisted: this.persisted, ...numbers });
      },
      makeRoom: () => {
        const dropped = this.copies;
        this.copies = 0;
        return Promise.resolve(dropped);
      },
      onRefused: (heard) => (this.#refused = heard),
    },
    this.clock,
    { isInUse: () => false, retry: () => this.retries++ },
  );

  get level(): string {
    return this.watch.state.get().level;
  }

  refuseUnseen(): void {
    this.#refused();
  }

  /** Lets everything that was begun come to its end. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }
}

describe('room on the device', () => {
  test.each([
    [501, true, 'green'],
    [499, true, 'amber'],
    [501, false, 'amber'],
    [99, true, 'red'],
    [99, false, 'red'],
    [null, true, 'green'],
  ] as const)('[SP1] %s MB free, kept for good: %s, is %s', async (freeMb, persisted, level) => {
    const device = new Device();
    Object.assign(device, { freeMb, persisted });
    await device.watch.look();
    expect(device.level).toBe(level);
  });

  test('[SP1] looks again every day', async () => {
    const device = new Device();
    await device.watch.look();
    device.freeMb = 50;
    device.clock.advance(DAY_MS - 1);
    await device.settle();
    expect(device.level).toBe('green');
    device.clock.advance(1);
    await device.settle();
    expect(device.level).toBe('red');
    expect(device.reads).toBe(2);
  });

  test('[SP2] asks to be kept for good at sign-in, and once more when something was written', async () => {
    const device = new Device();
    device.persisted = false;
    await device.watch.persist();
    expect(device.asked).toBe(1);
    device.watch.used();
    device.watch.used();
    await device.settle();
    expect(device.asked).toBe(2);
    const kept = new Device();
    await kept.watch.persist();
    kept.watch.used();
    expect(kept.asked).toBe(1);
  });

  test('[SP3] a write refused for want of room is red at once, whatever the estimate says', async () => {
    const device = new Device();
    await device.watch.look();
    device.watch.wrote(NO_ROOM);
    expect(device.watch.state.get()).toMatchObject({ level: 'red', isFull: true });
    await device.settle();
    expect(device.level).toBe('red');
  });

  test('[SP3] also one that nobody waited for', async () => {
    const device = new Device();
    await device.watch.look();
    device.refuseUnseen();
    expect(device.level).toBe('red');
  });

  test('[SP3] another failure says nothing about room', async () => {
    const device = new Device();
    await device.watch.look();
    device.watch.wrote(new StoreFailure('failed', null));
    expect(device.level).toBe('green');
  });

  test('[SP4] it stays red until a write succeeds', async () => {
    const device = new Device();
    device.freeMb = null;
    device.watch.wrote(NO_ROOM);
    await device.settle();
    await device.watch.look();
    expect(device.watch.state.get()).toMatchObject({ level: 'red', isFull: true });
    device.watch.wrote(null);
    await device.settle();
    expect(device.watch.state.get()).toMatchObject({ level: 'green', isFull: false });
  });

  test('[SP4] or until a later estimate finds room; one that finds none keeps it red', async () => {
    const device = new Device();
    await device.watch.look();
    device.freeMb = 20;
    device.watch.wrote(NO_ROOM);
    await device.settle();
    device.clock.advance(DAY_MS);
    await device.settle();
    expect(device.watch.state.get()).toMatchObject({ level: 'red', isFull: true });
    device.freeMb = 2000;
    device.clock.advance(DAY_MS);
    await device.settle();
    expect(device.watch.state.get()).toMatchObject({ level: 'green', isFull: false });
  });

  test('[SP5] copies that can be fetched again make room, once, and what could not be stored is tried again', async () => {
    const device = new Device();
    device.copies = 2;
    device.watch.wrote(NO_ROOM);
    await device.settle();
    expect(device.retries).toBe(1);
    device.watch.wrote(NO_ROOM);
    await device.settle();
    expect(device.retries).toBe(1);
  });

  test('[SP5] where nothing could be dropped, nothing is tried again: it would only be refused once more', async () => {
    const device = new Device();
    device.watch.wrote(NO_ROOM);
    await device.settle();
    expect(device.retries).toBe(0);
  });

  test('[SP5] who comes back, perhaps from making room, gets another try while the device was full', async () => {
    const device = new Device();
    device.watch.returned();
    expect(device.retries).toBe(0);
    device.watch.wrote(NO_ROOM);
    device.watch.returned();
    expect(device.retries).toBe(1);
  });
});
