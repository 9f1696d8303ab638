import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HouseholdSnapshot } from '@rukun/core/household';
import { exportAnswers, evaluate, regsosek22K, type FormAnswers } from '@rukun/core/questionnaire';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { settingsAround } from '../support/household-builder.ts';
import { householdsOnDisk } from '../support/relay-database.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { AppPage } from './app-page.ts';
import { onPrelist, todayOf, twelveFamilies, type PaperForm } from './twelve-families.ts';

const relay = new RelayProcess();
const phone = new BrowserProfile();
const laptop = new BrowserProfile();
let link: CuttableLink;

beforeAll(async () => {
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
});

afterAll(async () => {
  await phone.remove();
  await laptop.remove();
  await link.close();
  await relay.remove();
});

interface Recorded {
  readonly document: string;
  readonly paper: PaperForm;
  readonly expected: FormAnswers;
}

/** The answers that count, in the form of the document's own snapshot: present members in order, dormant ones left out. */
function counted(answers: FormAnswers, today: ReturnType<typeof todayOf>): unknown {
  const exported = exportAnswers(answers, evaluate(regsosek22K, answers, settingsAround(today)));
  const { '401': _number, ...rest } = { ...exported.family };
  return { family: rest, members: exported.members.map(({ answers: each }) => each) };
}

function answersOf(snapshot: HouseholdSnapshot): FormAnswers {
  const plain = (values: HouseholdSnapshot['answers']) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => (typeof value === 'boolean' ? [] : [[key, value]])),
    );
  return {
    family: plain(snapshot.answers),
    members: snapshot.members
      .filter(({ removed }) => removed === null)
      .map(({ id, answers }) => ({ id, answers: plain(answers) })),
    fix: null,
    photoCount: 0,
    prelist: null,
  };
}

describe('a day offline', () => {
  const today = todayOf(new Date());
  const recorded: Recorded[] = [];

  it('[DV29] twelve families are recorded without a network, survive the death of the browser, and reach the centre', async () => {
    let app = new AppPage(await phone.open(link.url));
    await app.signIn('petugas1');
    await app.family('JAGA').first().waitFor();
    await app.untilArrived();
    await app.untilOffline();
    link.cut();

    const prelist = householdsOnDisk(relay.data);
    const rows = await app.page
      .locator('[data-family]')
      .evaluateAll((list) => list.map((row) => row.getAttribute('data-family') ?? ''));
    const papers = twelveFamilies(today);
    for (const [index, paper] of papers.entries()) {
      const isLast = index === papers.length - 1;
      const document = paper.isFoundOnTheWay ? await addFamily(app) : (rows[index] ?? '');
      if (!paper.isFoundOnTheWay) await app.page.locator(`[data-family="${document}"]`).click();
      await app.page.locator('rk-form-header').waitFor();
      const printed = prelist.get(document)?.answers ?? (await printedPlace(prelist));
      const expected = onPrelist(paper.answers, paper.isFoundOnTheWay ? placeOnly(printed) : printed);
      if (isLast) {
        app = await dieMidEntry(app, expected, document);
      }
      await app.record(expected, new Set(Object.keys(paper.isFoundOnTheWay ? placeOnly(printed) : printed)));
      await app.submit();
      recorded.push({ document, paper, expected });
      await app.backToList();
    }
    expect(recorded).toHaveLength(12);
    for (const { document } of recorded) {
      const row = app.page.locator(`[data-family="${document}"]`);
      await row.locator('[data-tick=device][data-on]').waitFor();
      expect(await row.locator('[data-tick=relay][data-on]').count()).toBe(0);
    }

    link.mend();
    await app.page.locator('[data-sync]').first().click();
    for (const { document } of recorded) {
      await app.page
        .locator(`[data-family="${document}"] [data-tick=relay][data-on]`)
        .waitFor({ state: 'attached' });
    }
    const stored = householdsOnDisk(relay.data);
    for (const { document, paper, expected } of recorded) {
      const snapshot = stored.get(document);
      if (!snapshot) throw new Error(`${paper.title} is not on the relay's disk`);
      expect(counted(answersOf(snapshot), today), paper.title).toEqual(counted(withNumbers(expected), today));
      expect(
        snapshot.events.map(({ type }) => type),
        paper.title,
      ).toContain('submitted');
    }
  });

  it('the supervisor sees the same answers, and the officer sees that they were looked at', async () => {
    const app = new AppPage(await laptop.open(link.url, 'laptop'));
    await app.signIn('pengawas1');
    await app.page.locator('[data-area]').first().waitFor();
    await app.untilArrived();
    for (const { document, paper, expected } of recorded) {
      await app.start(`/keluarga/${document.slice('household/'.length)}`);
      await app.page.locator('[data-state=submitted]').first().waitFor();
      expect(await app.shownAnswers(expected), paper.title).toEqual([]);
    }
    await phone.close();
    const officer = new AppPage(await phone.open(link.url));
    await officer.unlock();
    for (const { document } of recorded) {
      await officer.page
        .locator(`[data-family="${document}"] [data-tick=supervisor][data-on]`)
        .waitFor({ state: 'attached' });
    }
  });

  async function addFamily(app: AppPage): Promise<string> {
    await app.page.locator('[data-add-family]').click();
    await app.page.locator('[data-add-in]').first().click();
    await app.page.waitForURL(/\/keluarga\//);
    return `household/${app.page.url().split('/').at(-1) ?? ''}`;
  }

  async function printedPlace(
    prelist: Map<string, HouseholdSnapshot>,
  ): Promise<HouseholdSnapshot['answers']> {
    const first = [...prelist.values()].find(({ area }) => area === '7102990001000100');
    return Promise.resolve(first?.answers ?? {});
  }

  function placeOnly(printed: HouseholdSnapshot['answers']): HouseholdSnapshot['answers'] {
    return Object.fromEntries(Object.entries(printed).filter(([key]) => key >= '101' && key <= '106'));
  }

  function withNumbers(answers: FormAnswers): FormAnswers {
    const members = answers.members.map((member, index) => ({
      ...member,
      answers: { ...member.answers, 401: index + 1 },
    }));
    return { ...answers, members };
  }

  /** Types parts of two blocks, kills the browser as soon as that is stored, and comes back still offline. */
  async function dieMidEntry(app: AppPage, expected: FormAnswers, document: string): Promise<AppPage> {
    await app.goTo('I');
    await app.type('answers/107', String(expected.family['107']));
    await app.type('answers/108', String(expected.family['108']));
    await app.type('answers/109', '40');
    await app.goTo('III');
    await app.type('answers/301a', '2');
    await app.page.locator('[data-save=stored]').waitFor();
    await phone.kill();
    const again = new AppPage(await phone.open(link.url));
    await again.unlock();
    await again.page.locator('[data-family]').first().waitFor();
    await again.page.locator(`[data-family="${document}"]`).click();
    await again.goTo('III');
    expect(await again.input('answers/301a').inputValue()).toBe('2');
    await again.goTo('I');
    expect(await again.input('answers/107').inputValue()).toBe(expected.family['107']);
    expect(await again.input('answers/108').inputValue()).toBe(expected.family['108']);
    expect(await again.input('answers/109').inputValue()).toBe('40');
    return again;
  }
});
