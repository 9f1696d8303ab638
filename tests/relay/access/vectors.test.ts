import { describe, expect, test } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { EVENT_TYPES } from '@rukun/core/household';
import { CASES, cellOf, READING_OF, VECTOR_ROLES, type VectorCase } from '../../core/access/vectors.ts';
import { LiveClient } from '../support/live-client.ts';
import { AREA } from '../support/open-relay.ts';
import type { TestDevice } from '../support/test-device.ts';
import { addVectorDocument, documentOf, openVectorRelay, signInAs, updateOf } from './vector-relay.ts';

const told = ({ row, stage, expected }: VectorCase, cell: string): string[] =>
  cell === expected ? [] : [`${row.document}, ${row.what}, ${stage}: ${cell}, not ${expected}`];

const casesOf = (role: string) => CASES.filter((each) => each.role === role);

test('[AC1] the vectors hold in the exchange, with the bytes of every case on a relay', async () => {
  const opened = await openVectorRelay();
  const wrong: string[] = [];
  for (const role of VECTOR_ROLES) {
    const cases = casesOf(role);
    const device = await signInAs(opened, role);
    const items = opened.storage.transact((writer) =>
      cases.map((each, index) => {
        const id = `${role}${index}`;
        const document = documentOf(each.row, id);
        const struct = addVectorDocument(writer, document, each);
        const update = updateOf(each.row, device, id, struct);
        const area = each.stage === 'new' ? AREA.ani : '';
        return { document, area, upTo: index, marks: [], update, isCompact: false, isVouched: false };
      }),
    );
    const { receipts } = await device.exchange(items);
    expect(receipts).toHaveLength(cases.length);
    for (const [index, each] of cases.entries()) {
      const receipt = receipts[index];
      const code =
        receipt?.status === 'refused' ? receipt.code : receipt?.status === 'stored' ? null : 'resync';
      wrong.push(...told(each, cellOf(code)).map((words) => `${role}: ${words}`));
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

/** Cases that may share a document: what one writes changes nothing for the next. */
function byDocument(cases: readonly VectorCase[]): VectorCase[][] {
  const groups = new Map<string, VectorCase[]>();
  for (const [index, each] of cases.entries()) {
    const isEvent = EVENT_TYPES.some((type) => each.row.what === `the event ${type}`);
    const key = `${each.row.document} ${each.stage} ${isEvent ? index : ''}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

/** Sends each case as a frame of one connection; the letters of what came of them. */
async function sendLive(
  device: TestDevice,
  cases: readonly VectorCase[],
  id: string,
  struct: string,
): Promise<string[]> {
  const [first] = cases;
  if (!first) return [];
  const client = await LiveClient.open(device, documentOf(first.row, id), 'stored');
  for (const [index, { row }] of cases.entries())
    client.send({ type: 'update', update: updateOf(row, device, `${id}x${index}`, struct) });
  await Promise.race([
    client.next('stored', ({ frames }) => frames === cases.length),
    client.next('refused', ({ frame }) => frame === cases.length),
  ]);
  const refused = client.received.filter((message) => message.type === 'refused');
  client.socket.terminate();
  return cases.map((_, index) => cellOf(refused.find(({ frame }) => frame === index + 1)?.code ?? null));
}

/** What of a document somebody was let into who may not read it: by asking for a ticket, and with none. */
async function waysIn(device: TestDevice, document: string): Promise<string[]> {
  const body = JSON.stringify({ document });
  const { status } = await device.fetch('/api/tickets', { method: 'POST', body });
  const code = await new LiveClient(device.url, document, [SUBPROTOCOLS.stored]).closed;
  return [
    ...(status === 403 ? [] : [`a ticket: ${status}`]),
    ...(code === 4401 ? [] : [`no ticket: ${code}`]),
  ];
}

describe('[AC1] the vectors hold over live connections', () => {
  test.each(VECTOR_ROLES)(
    'of a %s',
    async (role) => {
      const opened = await openVectorRelay();
      const device = await signInAs(opened, role);
      const wrong: string[] = [];
      for (const [index, cases] of byDocument(
        casesOf(role).filter(({ stage }) => stage !== 'new'),
      ).entries()) {
        const [first] = cases;
        if (!first) continue;
        const id = `${role}live${index}`;
        const document = documentOf(first.row, id);
        const struct = opened.storage.transact((writer) => addVectorDocument(writer, document, first));
        if (READING_OF[first.row.document][role] === 'none') {
          wrong.push(...(await waysIn(device, document)));
          for (const each of cases) if (each.expected !== 'f') wrong.push(...told(each, 'f'));
          continue;
        }
        const cells = await sendLive(device, cases, id, struct);
        for (const [at, each] of cases.entries()) wrong.push(...told(each, cells[at] ?? ''));
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});
