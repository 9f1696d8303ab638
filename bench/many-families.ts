import { addDays, localDate } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import { decodeExchangeAnswer, encodeExchangeRequest, type DocumentName } from '@rukun/core/protocol';
import { Doc } from 'yjs';
import { demoApi } from '../tests/support/demo-api.ts';
import { completeHousehold, type HouseholdShape } from '../tests/support/household-builder.ts';

const SHAPES: readonly HouseholdShape[] = ['family', 'renters', 'single-elder', 'no-electricity'];
/** A document this device has never opened: the one that answers are typed into. */
export const TEN_MEMBERS: DocumentName = 'household/bench-ten-members';

/** Brings an officer of the demonstration to `count` families: complete ones, and one of ten members. */
export async function addFamilies(url: string, userName: string, count: number): Promise<void> {
  const { token, me } = await demoApi(url, userName);
  const area = me.areas[0];
  if (!area) throw new Error(`${userName} has no area`);
  const listed = (await demoFamilies(url, token)).length;
  const items = [];
  for (let index = listed; index < count; index++) {
    const isLarge = index === count - 1;
    const document: DocumentName = isLarge ? TEN_MEMBERS : `household/bench-${index}`;
    const update = familyUpdate(area.id, isLarge ? 'nine-members' : (SHAPES[index % 4] ?? 'family'), index);
    items.push({
      document,
      area: area.id,
      upTo: index,
      marks: [],
      update,
      isCompact: false,
      isVouched: false,
    });
  }
  for (let from = 0; from < items.length; from += 50)
    await exchange(url, token, items.slice(from, from + 50));
}

async function demoFamilies(url: string, token: string): Promise<string[]> {
  const names = new Set<string>();
  for (let epoch = '', feeds: Parameters<typeof encodeExchangeRequest>[0]['feeds'] = []; ;) {
    const answer = await post(
      url,
      token,
      encodeExchangeRequest({ epoch, answerBytes: 0, erasures: 0, feeds, wanted: [], items: [] }),
    );
    for (const { document } of answer.changes) if (document.startsWith('household/')) names.add(document);
    if (!answer.more) return [...names];
    ({ epoch, feeds } = answer);
  }
}

async function exchange(
  url: string,
  token: string,
  items: Parameters<typeof encodeExchangeRequest>[0]['items'],
): Promise<void> {
  const { receipts } = await post(
    url,
    token,
    encodeExchangeRequest({ epoch: '', answerBytes: 0, erasures: 0, feeds: [], wanted: [], items }),
  );
  const refused = receipts.find(({ status }) => status !== 'stored');
  if (refused) throw new Error(`not stored: ${JSON.stringify(refused)}`);
}

async function post(url: string, token: string, body: Uint8Array) {
  const response = await fetch(`${url}/api/exchange`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: body.slice(),
  });
  const answer = decodeExchangeAnswer(new Uint8Array(await response.arrayBuffer()));
  if (!answer.ok) throw new Error(`the exchange failed: ${answer.failure.code}`);
  return answer.value;
}

function familyUpdate(area: string, shape: HouseholdShape, index: number): Uint8Array {
  const doc = new Doc({ gc: false });
  let id = 0;
  const household = new Household(doc, { person: 'bench', now: () => 0, nextId: () => `bench${++id}x` });
  const updates: Uint8Array[] = [];
  const { family, members } = completeHousehold(shape, { enumerated: addDays(localDate('2026-11-20'), 1) });
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => {
    const answers = { ...family, 107: `JL. MELATI ${index}`, 109: index, 110: index };
    Household.create(doc, { form: 'REGSOSEK22-K', area, origin: 'added', answers });
    const people = shape === 'nine-members' ? [...members, ...members.slice(-1)] : members;
    for (const person of people) {
      const member = household.addMember();
      for (const [question, value] of Object.entries(person.answers))
        household.answer({ member, question }, value);
    }
  });
  const [update] = updates;
  if (!update || updates.length > 1) throw new Error('one transaction gives one update');
  return update;
}
