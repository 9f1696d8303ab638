import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { StorageUnavailable, type Storage } from '@rukun/relay';
import { LiveClient } from '../support/live-client.ts';
import { HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** A storage whose disk can be taken away for reading as well. */
class PulledDisk implements Storage {
  readonly #storage: Storage;
  isGone = false;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  read: Storage['read'] = (f) => {
    if (this.isGone) throw new StorageUnavailable('disk I/O error');
    return this.#storage.read(f);
  };

  transact: Storage['transact'] = (f) => {
    if (this.isGone) throw new StorageUnavailable('disk I/O error');
    return this.#storage.transact(f);
  };

  sweep(): boolean {
    return this.#storage.sweep();
  }

  close(): void {
    this.#storage.close();
  }
}

async function openPullable() {
  let disk: PulledDisk | null = null;
  const opened = await openRelay({ wrap: (storage) => (disk = new PulledDisk(storage)) });
  if (!disk) throw new Error('the storage was not wrapped');
  return { ...opened, disk: disk as PulledDisk };
}

describe('a handshake', () => {
  it('[LV19] on another path that is cut off at once leaves the relay serving', async () => {
    const { url } = await openRelay();
    const { port } = new URL(url);
    for (let round = 0; round < 20; round++) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(
            'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
          );
          setImmediate(() => socket.resetAndDestroy());
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    }
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
  });

  it('[LV20] while the disk cannot be read is closed with 1013', async () => {
    const { url, disk, errors } = await openPullable();
    const device = await TestDevice.signIn(url, 'ani');
    const ticket = await device.ticket(HOUSEHOLD.ani1);
    disk.isGone = true;
    const client = new LiveClient(url, HOUSEHOLD.ani1, [
      SUBPROTOCOLS.stored,
      SUBPROTOCOLS.ticketPrefix + ticket,
    ]);
    expect(await client.closed).toBe(1013);
    expect(errors).toContain('live.failed');
    disk.isGone = false;
    await LiveClient.open(device, HOUSEHOLD.ani1);
  });
});

describe('a live connection while the disk cannot be read', () => {
  it('[LV20] is closed with 1013 when it asks for what it misses', async () => {
    const { url, disk } = await openPullable();
    const device = await TestDevice.signIn(url, 'ani');
    const client = await LiveClient.open(device, HOUSEHOLD.ani1);
    disk.isGone = true;
    client.send({ type: 'sync-step-1', stateVector: Uint8Array.of(0) });
    expect(await client.closed).toBe(1013);
  });
});
