import type { ElementHandle } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BrowserProfile } from '../support/browser-profile.ts';
import { CuttableLink } from '../support/cuttable-link.ts';
import { householdsOnDisk } from '../support/relay-database.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { AppPage } from './app-page.ts';

const ROUNDS = Number(process.env['RUKUN_DEATHS'] ?? 4);
const relay = new RelayProcess(process.env['RUKUN_DIST'] ?? null);
const phone = new BrowserProfile();
let link: CuttableLink;

beforeAll(async () => {
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
});

afterAll(async () => {
  await phone.remove();
  await link.close();
  await relay.remove();
});

/** Questions of block III whose codes are written with the key press, and codes that fit all of them. */
const QUESTIONS = ['303', '304', '305'] as const;
const CODES = ['1', '2', '3', '4'] as const;

interface Said {
  readonly values: Readonly<Record<string, string>>;
  /** Key presses up to then, the last of which may not have reached the field yet. */
  readonly presses: number;
}

/** Notes what stood in the fields each time the screen said that everything is stored. */
async function listen(app: AppPage): Promise<() => Said | null> {
  let said: Said | null = null;
  await app.page.exposeBinding('saidStored', (_source, heard: Said) => {
    said = heard;
  });
  const fields = await Promise.all(
    QUESTIONS.map((question) => app.input(`answers/${question}`).elementHandle()),
  );
  const entries = QUESTIONS.map((question, index) => ({ question, field: fields[index] as ElementHandle }));
  await app.page.locator('[data-save]').evaluate((label, inputs) => {
    let presses = 0;
    addEventListener('keydown', () => presses++, { capture: true });
    const note = (): void => {
      if (label.getAttribute('data-save') !== 'stored') return;
      const values: Record<string, string> = {};
      for (const { question, field } of inputs) values[question] = (field as HTMLInputElement).value;
      void (globalThis as unknown as { saidStored(said: Said): Promise<void> }).saidStored({
        values,
        presses,
      });
    };
    note();
    new MutationObserver(note).observe(label, { attributes: true });
  }, entries);
  return () => said;
}

it('[DV29] what the screen called stored is there after the browser died at any moment, and reaches the centre', async () => {
  const random = seededRandom(7);
  const draw = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  let app = new AppPage(await phone.open(link.url));
  await app.signIn('petugas1');
  await app.family('JAGA').first().waitFor();
  await app.untilArrived();
  await app.untilOffline();
  link.cut();
  const document = (await app.page.locator('[data-family]').first().getAttribute('data-family')) ?? '';
  const address = `${link.url}/keluarga/${document.slice('household/'.length)}`;
  let promised: Said = { values: {}, presses: 0 };
  let pressed: (readonly [question: string, code: string])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await app.start(address);
    await app.goTo('III');
    for (const [question, value] of Object.entries(promised.values)) {
      const found = await app.input(`answers/${question}`).inputValue();
      const later = pressed.slice(Math.max(0, promised.presses - 1)).filter(([where]) => where === question);
      expect([value, ...later.map(([, code]) => code)], `round ${round}, ${question}`).toContain(found);
    }
    const said = await listen(app);
    pressed = [];
    for (let presses = 1 + Math.floor(random.next() * 8); presses > 0; presses--) {
      const question = draw(QUESTIONS);
      const code = draw(CODES);
      await app.input(`answers/${question}`).focus();
      await app.page.keyboard.press(code);
      pressed.push([question, code]);
    }
    await phone.kill();
    // What was pressed before the last word of the screen is in it; only what came after may be there or not.
    promised = said() ?? promised;
    expect(Object.keys(promised.values)).toEqual(QUESTIONS);
    app = new AppPage(await phone.open(link.url));
  }
  link.mend();
  await app.start(address);
  await app.goTo('III');
  await app.tick('relay').waitFor({ timeout: 150_000 });
  const answers = householdsOnDisk(relay.data).get(document)?.answers ?? {};
  for (const question of QUESTIONS) {
    const shown = await app.input(`answers/${question}`).inputValue();
    expect(String(answers[question] ?? '')).toBe(shown);
  }
});
