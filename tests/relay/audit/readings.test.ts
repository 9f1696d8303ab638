import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { SUBPROTOCOLS, type DocumentName, type DocumentReader } from '@rukun/core/protocol';
import { LiveClient } from '../support/live-client.ts';
import { BOARD, HOUSEHOLD, openRelay } from '../support/open-relay.ts';
import { TestDevice } from '../support/test-device.ts';

/** A relay with one officer's device, and what the audit log says of readings. */
async function relayWithAni(database = new DatabaseSync(':memory:')) {
  const { url, storage } = await openRelay({ database });
  const ani = await TestDevice.signIn(url, 'ani');
  const readersOf = (document: DocumentName) =>
    storage
      .read((reader) => reader.readersOf(document, 100))
      .map(({ person, role, how }) => `${person} ${role} ${how}`);
  const entries = () => storage.read((reader) => reader.auditHead().seq);
  return { url, storage, database, ani, readersOf, entries };
}

describe('who read a record is told in the audit log', () => {
  test('a device that fetches its families is told of once for all of them, and not when nothing is new', async () => {
    const { ani, readersOf, entries } = await relayWithAni();
    const before = entries();
    await ani.exchange();
    expect(readersOf(HOUSEHOLD.ani1)).toEqual(['ani officer exchange']);
    expect(readersOf(HOUSEHOLD.ani2)).toEqual(['ani officer exchange']);
    expect(readersOf(HOUSEHOLD.budi)).toEqual([]);
    expect(entries()).toBe(before + 1);
    await ani.exchange();
    expect(entries()).toBe(before + 1);
  });

  test('what a supervisor gets of an officer’s work, and a whole document that was asked for', async () => {
    const { url, ani, readersOf } = await relayWithAni();
    const sari = await TestDevice.signIn(url, 'sari');
    await Promise.all([ani.exchange(), sari.exchange()]);
    ani.copy(HOUSEHOLD.ani1).answer('303', 54);
    await ani.exchange([ani.item(HOUSEHOLD.ani1)]);
    await sari.exchange();
    await sari.exchange([], { wanted: [HOUSEHOLD.ani1, HOUSEHOLD.other] });
    expect(readersOf(HOUSEHOLD.ani1).filter((line) => line.startsWith('sari'))).toEqual([
      'sari supervisor exchange',
      'sari supervisor exchange',
      'sari supervisor exchange',
    ]);
    expect(readersOf(HOUSEHOLD.other)).toEqual([]);
  });

  test('a form that is opened live, its history, its moments and how it stood', async () => {
    const { ani, storage, readersOf } = await relayWithAni();
    await LiveClient.open(ani, HOUSEHOLD.ani1);
    await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/history`);
    await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/moments`);
    const commit = storage.read((reader) => reader.document(HOUSEHOLD.ani1)?.lastSeq);
    await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/at/${commit}`);
    expect(readersOf(HOUSEHOLD.ani1)).toEqual([
      'ani officer past',
      'ani officer moments',
      'ani officer history',
      'ani officer live',
    ]);
  });

  test('a board holds nothing personal: nobody is told of; nor of what was not shown', async () => {
    const { ani, readersOf } = await relayWithAni();
    await LiveClient.open(ani, BOARD);
    expect((await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/at/999999`)).status).toBe(404);
    expect([...readersOf(BOARD), ...readersOf(HOUSEHOLD.ani1)]).toEqual([]);
  });

  test('what cannot be told is not shown', async () => {
    const { ani, database } = await relayWithAni();
    const ticket = await ani.ticket(HOUSEHOLD.ani1);
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await expect(ani.exchange()).rejects.toThrow('503');
    expect((await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/history`)).status).toBe(503);
    const live = new LiveClient(ani.url, HOUSEHOLD.ani1, [
      SUBPROTOCOLS.stored,
      SUBPROTOCOLS.ticketPrefix + ticket,
    ]);
    expect(await live.closed).toBe(1013);
    expect(live.received).toEqual([]);
  });
});

describe('GET /api/documents/<kind>/<id>/readers', () => {
  test('tells a supervisor of the area name, role, time and way, a page at a time, and is told of itself', async () => {
    const { url, storage, ani, entries } = await relayWithAni();
    await ani.exchange();
    for (let time = 0; time < 120; time++) await ani.fetch(`/api/documents/${HOUSEHOLD.ani1}/moments`);
    const sari = await TestDevice.signIn(url, 'sari');
    const before = entries();
    const ask = async (query = '') =>
      (await (
        await sari.fetch(`/api/documents/${HOUSEHOLD.ani1}/readers${query}`)
      ).json()) as DocumentReader[];
    const first = await ask();
    expect(first).toHaveLength(100);
    expect(first[0]).toMatchObject({ person: 'ani', name: 'ANI', role: 'officer', how: 'moments' });
    const rest = await ask(`?before=${first.at(-1)?.entry}`);
    expect(rest).toHaveLength(21);
    expect(rest.at(-1)?.how).toBe('exchange');
    expect(entries()).toBe(before + 2);
    expect(storage.read((reader) => reader.readersOf(HOUSEHOLD.ani1, 1000))).toHaveLength(121);
  });

  test.each([
    ['ani', HOUSEHOLD.ani1, '', 403],
    ['tono', HOUSEHOLD.ani1, '', 403],
    ['koko', HOUSEHOLD.ani1, '', 403],
    ['peserta', HOUSEHOLD.ani1, '', 403],
    ['sari', 'household/nobody', '', 403],
    ['sari', HOUSEHOLD.ani1, '?before=x', 400],
    ['sari', 'household/..%2f..', '', 400],
  ])('%s asks for %s%s: %i', async (userName, document, query, status) => {
    const { url } = await openRelay();
    const device = await TestDevice.signIn(url, userName);
    const response = await device.fetch(`/api/documents/${document}/readers${query}`);
    expect(response.status).toBe(status);
  });
});
