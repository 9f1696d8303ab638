import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { DocumentName, HistoryEntry } from '@rukun/core/protocol';
import { projectAssignment } from '../../packages/relay/src/access/board-projection.ts';
import { AREA, HOUSEHOLD, openRelay, type OpenedRelay } from '../relay/support/open-relay.ts';
import { TestDevice } from '../relay/support/test-device.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { Phone } from './phone.ts';

const SEED = Number(process.env['SCENARIO_SEED'] ?? 20261122);
const DAY = 86_400_000;
const FIRST_DAY = Date.parse('2026-11-02T07:00:00Z');
const FOUND: DocumentName = 'household/found-on-the-way';
const FAMILIES = [HOUSEHOLD.ani1, HOUSEHOLD.ani2, FOUND] as const;

/** The centre: a relay that can be restarted on what it has on disk, then on another port. */
class Centre {
  readonly #file: string;
  #opened: OpenedRelay | null = null;
  #starts = 0;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'rukun-scenario-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    this.#file = join(folder, 'centre.sqlite');
  }

  get relay(): OpenedRelay {
    if (!this.#opened) throw new Error('the centre is closed');
    return this.#opened;
  }

  readonly url = (): string => this.relay.url;

  async restart(): Promise<void> {
    await this.#opened?.relay.close();
    this.#opened = await openRelay({ database: new DatabaseSync(this.#file), seed: SEED + this.#starts++ });
  }

  /** Puts an area on the board for somebody else. */
  assign(area: string, officer: string): void {
    const beside = { officers: [], supervisors: [] };
    const assignment = { area, officer, supervisor: 'sari', target: 2, dueDate: '', beside };
    this.relay.storage.transact((writer) => projectAssignment(writer, assignment, Date.now()));
  }
}

async function openCentre(): Promise<Centre> {
  const centre = new Centre();
  await centre.restart();
  return centre;
}

/** How often each value of a person stands in the relay's history of a question, and at which times. */
function entriesOf(
  history: readonly HistoryEntry[],
  question: string,
  value: unknown,
  by: string,
): HistoryEntry[] {
  return history.filter(
    (entry) => entry.path === `answers/${question}` && entry.value === value && entry.by === by,
  );
}

test(`[EX38] an officer comes back after two weeks offline, over a link that keeps breaking (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  const centre = await openCentre();
  const phone = await Phone.signIn(centre.url, 'ani');
  const spare = await Phone.signIn(centre.url, 'ani');
  const laptop = await Phone.signIn(centre.url, 'sari');
  const devices = [phone, spare, laptop];
  for (const device of devices) await device.exchangeUntilDone();

  // Two weeks: the officer is out of reach with both phones, the supervisor corrects at the centre.
  for (let day = 0; day < 14; day++) {
    for (const device of devices) device.now = FIRST_DAY + day * DAY;
    if (day === 3) await phone.add(FOUND, AREA.ani);
    const families = day < 3 ? FAMILIES.slice(0, 2) : FAMILIES;
    for (const family of families) {
      await phone.answer(family, `${300 + day}`, `phone day ${day}`);
      await phone.remark(family, 'x'.repeat(3500));
      if (random.below(3) === 0) phone.putAway(family);
    }
    await spare.answer(HOUSEHOLD.ani2, `${400 + day}`, `spare day ${day}`);
    if (day % 2 === 0) await laptop.answer(HOUSEHOLD.ani1, `${300 + day}`, `corrected day ${day}`);
    await laptop.answer(HOUSEHOLD.ani2, `${500 + day}`, `added day ${day}`);
    await laptop.exchangeUntilDone();
    if (day === 7) await centre.restart();
  }
  // One question of a family, answered on both phones of the same officer.
  await spare.answer(HOUSEHOLD.ani2, '313', 'spare, last day');

  // Coming back: requests that never arrive, answers that are lost after the commit, a centre that restarts.
  let lost = 0;
  for (const device of [phone, spare]) {
    device.link = () => {
      const luck = random.below(3);
      if (luck === 1) lost++;
      return luck === 0 ? 'good' : luck === 1 ? 'answer-lost' : 'no-way-out';
    };
  }
  const mishap = () => (random.below(4) === 0 ? centre.restart() : Promise.resolve());
  await phone.exchangeUntilDone(mishap);
  await laptop.exchangeUntilDone();
  await spare.exchangeUntilDone(mishap);
  expect(lost).toBeGreaterThan(0);
  for (const device of [...devices, ...devices]) {
    device.link = () => 'good';
    await device.exchangeUntilDone();
  }

  // All converge, on a device that was never there before as well.
  const fresh = await Phone.signIn(centre.url, 'sari');
  await fresh.exchangeUntilDone();
  for (const family of FAMILIES) {
    const expected = await fresh.snapshot(family);
    for (const device of devices) expect(await device.snapshot(family)).toEqual(expected);
  }

  // Nothing is lost, nothing stored twice, and every answer has its author and day.
  const reader = await TestDevice.signIn(centre.url(), 'sari');
  for (const family of FAMILIES) {
    const history = await reader.history(family);
    const remarks = history.filter(({ path }) => path.startsWith('remark/') && path.endsWith('/text'));
    expect(remarks).toHaveLength(family === FOUND ? 11 : 14);
    for (const device of devices) {
      for (const { document, question, value, by, at } of device.written) {
        if (document !== family) continue;
        const entries = entriesOf(history, question, value, by);
        expect(entries, `${question} ${String(value)}`).toHaveLength(1);
        expect(entries[0]?.at).toBe(at);
      }
    }
  }

  // Side by side is what nobody had seen when answering, and nothing else.
  for (const device of [...devices, fresh]) {
    for (let day = 0; day < 14; day++) {
      const both = [`corrected day ${day} (sari)`, `phone day ${day} (ani)`];
      expect(await device.standing(HOUSEHOLD.ani1, `${300 + day}`)).toEqual(day % 2 === 0 ? both : []);
      for (const block of [300, 400, 500]) {
        const isTwice = block + day === 313;
        const expected = isTwice ? ['phone day 13 (ani)', 'spare, last day (ani)'] : [];
        expect(await device.standing(HOUSEHOLD.ani2, `${block + day}`)).toEqual(expected);
      }
      expect(await device.standing(FOUND, `${300 + day}`)).toEqual([]);
    }
  }

  // The supervisor chooses; both screens agree.
  await laptop.answer(HOUSEHOLD.ani1, '300', 'phone day 0');
  for (const device of [laptop, phone]) await device.exchangeUntilDone();
  expect(await phone.standing(HOUSEHOLD.ani1, '300')).toEqual([]);
  expect((await phone.snapshot(HOUSEHOLD.ani1)).answers['300']).toBe('phone day 0');
});

test('[EX39] an area is given to another officer while the first is offline: the other gets all of it, and what the first had written arrives beside it', async () => {
  const centre = await openCentre();
  const ani = await Phone.signIn(centre.url, 'ani');
  const budi = await Phone.signIn(centre.url, 'budi');
  for (const device of [ani, budi]) await device.exchangeUntilDone();
  await ani.answer(HOUSEHOLD.ani1, '303', 'before');
  await ani.exchangeUntilDone();
  await ani.answer(HOUSEHOLD.ani1, '304', 'offline');
  centre.assign(AREA.ani, 'budi');
  await budi.exchangeUntilDone();
  expect((await budi.snapshot(HOUSEHOLD.ani1)).answers['303']).toBe('before');
  await budi.answer(HOUSEHOLD.ani1, '304', 'by the other');
  await budi.exchangeUntilDone();

  expect(await ani.exchange()).toMatchObject({ ok: true, value: { stored: 1, refused: [], received: 0 } });
  await budi.exchangeUntilDone();
  expect(await budi.standing(HOUSEHOLD.ani1, '304')).toEqual(['by the other (budi)', 'offline (ani)']);
  // Of what is new there the first reads nothing.
  expect((await ani.snapshot(HOUSEHOLD.ani1)).answers['304']).toBe('offline');
});

test('[AT5] an officer who has to sign in anew sends what had waited on the phone', async () => {
  const centre = await openCentre();
  const before = await Phone.signIn(centre.url, 'ani');
  await before.exchangeUntilDone();
  await before.answer(HOUSEHOLD.ani1, '303', 'stored');
  await before.exchangeUntilDone();
  before.link = () => 'answer-lost';
  await before.answer(HOUSEHOLD.ani1, '304', 'stored, but the phone was not told');
  await before.exchange();
  await before.answer(HOUSEHOLD.ani1, '305', 'waiting');
  const anew = await Phone.signIn(centre.url, 'ani', before.store);
  expect(await anew.exchange()).toMatchObject({ ok: true, value: { refused: [] } });
  const laptop = await Phone.signIn(centre.url, 'sari');
  await laptop.exchangeUntilDone();
  expect((await laptop.snapshot(HOUSEHOLD.ani1)).answers).toEqual(
    (await anew.snapshot(HOUSEHOLD.ani1)).answers,
  );
});
