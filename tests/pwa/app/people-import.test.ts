import { expect, test } from 'vitest';
import { fail, ok } from '@rukun/core/foundation';
import { openPeople } from '../../../packages/pwa/src/app/people.ts';

const SLIP = { kind: 'slip', userName: 'joni', name: 'Joni', role: 'officer', password: 'kuba-rosi' };

/** A centre whose answer to an import is cut off after the slip; `unchanged`: how many of the two rows it has by now. */
function cutOff(unchanged: number) {
  const report = { rows: 2, added: 2 - unchanged, changed: 0, unchanged, faultyRows: 0, faults: [] };
  return openPeople({
    ask: () => Promise.resolve(fail('unavailable')),
    tell: () => Promise.resolve(fail('unavailable')),
    sendFile(path, _, heard) {
      const isCheck = path.endsWith('mode=check');
      heard(isCheck ? { kind: 'report', report, isImported: false } : SLIP);
      return Promise.resolve(isCheck ? ok(null) : fail('unavailable'));
    },
  });
}

const send = (unchanged: number) =>
  cutOff(unchanged).import(new Blob(['x']), () => undefined, new AbortController().signal);

test('an answer cut off after the one-time passwords: if the people are there, the passwords are theirs', async () => {
  expect(await send(2)).toMatchObject({
    ok: true,
    value: { isImported: true, report: { added: 1, unchanged: 1 }, slips: [{ password: 'kuba-rosi' }] },
  });
});

test('an answer cut off after the one-time passwords: if nobody is there, nothing was imported', async () => {
  expect(await send(0)).toEqual(fail('unavailable'));
});
