/**
 * How fast the built app is on a bad phone (DESIGN.md section 10): `node bench/officer-phone.ts`. Builds the app into a folder
 * of its own, gives an officer 300 families, and measures in Chromium with its processor slowed down: the restart without
 * a network up to a usable list, and the answers of a family of ten members up to the next paint.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { AppPage } from '../tests/e2e/app-page.ts';
import { BrowserProfile } from '../tests/support/browser-profile.ts';
import { CuttableLink } from '../tests/support/cuttable-link.ts';
import { RelayProcess } from '../tests/support/relay-process.ts';
import { addFamilies, TEN_MEMBERS } from './many-families.ts';
import { answerTimes, type AnswerTimes } from './answer-times.ts';
import { listTimes, watchForList, type ListTimes } from './list-times.ts';

const FAMILIES = 300;
const RESTARTS = 5;
const PWA = join(import.meta.dirname, '../packages/pwa');

const dist = mkdtempSync(join(tmpdir(), 'rukun-bench-'));
const relay = new RelayProcess(dist);
const profile = new BrowserProfile();
let link: CuttableLink | null = null;
try {
  execFileSync('vite', ['build', '--outDir', dist, '--logLevel', 'error'], {
    cwd: PWA,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(PWA, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
  });
  await relay.start();
  link = await CuttableLink.open(() => relay.port);
  await addFamilies(link.url, 'petugas1', FAMILIES);
  const app = new AppPage(await profile.open(link.url));
  await app.signIn('petugas1');
  await app.untilArrived();
  await app.untilOffline();
  link.cut();
  console.log(`${availableParallelism()} processors, load ${loadavg()[0]?.toFixed(1)}`);
  const restarts: ListTimes[] = [];
  for (let count = 0; count < RESTARTS; count++) restarts.push(await restart(link.url));
  report('restart offline, 6x slower, without the time a person takes to type the PIN, ms', [
    ['the lock screen takes a PIN', restarts.map(({ door }) => door), null],
    ['last digit to first families', restarts.map(({ firstRow, unlocked }) => firstRow - unlocked), null],
    [
      'both: first families on the screen',
      restarts.map(({ door, firstRow, unlocked }) => door + firstRow - unlocked),
      2_000,
    ],
    [
      `search narrows ${FAMILIES} families`,
      restarts.map(({ door, searched, unlocked }) => door + searched - unlocked),
      2_000,
    ],
    ['longest task', restarts.map(({ longestTask }) => longestTask), null],
  ]);
  for (const rate of [6, 4]) await answers(link.url, rate);
} finally {
  await profile.remove();
  await link?.close();
  await relay.remove();
  rmSync(dist, { recursive: true, force: true });
}

/** A browser that was closed, opened again on the same profile without a network. */
async function restart(url: string): Promise<ListTimes> {
  await profile.close();
  const page = await profile.open('about:blank');
  await slowDown(page, 6);
  await watchForList(page);
  await page.goto(url);
  await new AppPage(page).unlock();
  return listTimes(page, FAMILIES);
}

async function answers(url: string, rate: number): Promise<void> {
  await profile.close();
  const page = await profile.open(`${url}/keluarga/${TEN_MEMBERS.slice('household/'.length)}`);
  const app = new AppPage(page);
  await app.unlock();
  const times: AnswerTimes = await answerTimes(app, () => slowDown(page, rate));
  report(`an answer in a family of ten members, ${rate}x slower, ms`, [
    ['key press to next paint', times.toPaint, rate === 6 ? 100 : null],
    ['longest task of each answer', times.longestTasks, rate === 4 ? 50 : null],
  ]);
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

type Row = readonly [what: string, values: readonly number[], budget: number | null];

function report(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  for (const [what, values, budget] of rows) {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number): string =>
      String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0));
    const columns = [
      what.padEnd(34),
      `n ${values.length}`,
      `median ${at(0.5)}`,
      `p90 ${at(0.9)}`,
      `most ${at(1)}`,
    ];
    console.log(columns.join('  ') + (budget === null ? '' : `  budget ${budget}`));
  }
}
