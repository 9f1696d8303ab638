import type { Locator, Page } from 'playwright';
import type { App } from '../../packages/pwa/src/app/app.ts';
import { pathOf } from '@rukun/core/household';
import {
  evaluate,
  isRelevant,
  pagesOf,
  regsosek22K,
  type Answer,
  type FormAnswers,
  type Question,
} from '@rukun/core/questionnaire';
import { PASSWORD } from '../support/demo-api.ts';
import { settingsAround } from '../support/household-builder.ts';

/** Everybody's PIN. */
export const PIN = '274915';

/** The app as a person uses it: by the keyboard, field by field, as copying from paper. */
export class AppPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Signs in and chooses the PIN of this device. */
  async signIn(userName: string): Promise<void> {
    await this.giveCredentials(userName);
    await this.page.locator('[data-choose-pin=first]').waitFor();
    await this.page.keyboard.type(PIN);
    await this.page.locator('[data-choose-pin=again]').waitFor();
    await this.page.keyboard.type(PIN);
  }

  /** The sign-in form only. */
  async giveCredentials(userName: string, password = PASSWORD): Promise<void> {
    await this.page.locator('input[name=user]').fill(userName);
    await this.page.locator('input[name=password]').fill(password);
    await this.page.locator('[data-sign-in]').click();
  }

  /** After a start of the app: opens the vault of whoever was here last. */
  async unlock(pin = PIN): Promise<void> {
    await this.page.locator('[data-lock-screen]').waitFor();
    await this.page.keyboard.type(pin);
  }

  /** Loads the page anew, or another one, and unlocks. */
  async start(path?: string): Promise<void> {
    if (path === undefined) await this.page.reload();
    else await this.page.goto(new URL(path, this.page.url()).href);
    await this.unlock();
  }

  /** Waits until every family of the person's areas is on the device and in the list. */
  async untilArrived(): Promise<void> {
    await this.page.waitForFunction(() => {
      const app = document.querySelector<Element & { app?: App }>('rk-app')?.app;
      return app !== undefined && app.families.list.get().length > 0 && app.families.arriving.get() === null;
    });
  }

  /** Waits until the service worker has everything it needs to start without a network. */
  async untilOffline(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  /** A row of the list of families. */
  family(text: string): Locator {
    return this.page.locator('[data-family]', { hasText: text });
  }

  /** The question at a path on the page that is open. */
  question(path: string): Locator {
    return this.page.locator(`[data-place="${path}"]`);
  }

  input(path: string): Locator {
    return this.question(path).locator('[data-input]');
  }

  tick(name: 'device' | 'relay' | 'supervisor'): Locator {
    return this.page.locator(`rk-form-header [data-tick=${name}][data-on]`);
  }

  /** Opens a page of the form by the drawer. */
  async goTo(id: string): Promise<void> {
    await this.page.locator('[data-page]').first().waitFor();
    const menu = this.page.locator('[data-menu]');
    if (await menu.isVisible()) await menu.click();
    await this.page.locator(`[data-open-page="${id}"]:visible`).click();
    await this.page.locator(`[data-page="${id}"]`).waitFor();
  }

  /** Types one answer the way it is printed, and goes on as the form does. */
  async type(path: string, text: string): Promise<void> {
    if ((await this.#focused()) !== path) await this.input(path).focus();
    await this.page.keyboard.type(text);
    if ((await this.#focused()) === path) await this.page.keyboard.press('Enter');
    await this.page.waitForFunction(focusedPlaceIsNot, path);
  }

  /** Records a whole family from paper, members and all, in the order of the form. */
  async record(answers: FormAnswers, given: ReadonlySet<string>): Promise<void> {
    const evaluation = evaluate(regsosek22K, answers, settingsAround());
    const asked = (member: string | null, question: Question): boolean =>
      !question.prefilled &&
      question.filledBy === 'officer' &&
      question.id !== '401' &&
      !(member === null && given.has(question.id)) &&
      isRelevant(evaluation, { member, question: question.id });
    for (const each of pagesOf(regsosek22K, answers.members)) {
      if (each.id === 'GEO') continue;
      const index = answers.members.findIndex(({ id }) => id === each.member);
      const member = each.member === null ? null : await this.#memberPage(index);
      if (member === null) await this.goTo(each.id);
      const values = index < 0 ? answers.family : (answers.members[index]?.answers ?? {});
      for (const question of each.groups.flatMap((group) => group.questions)) {
        const value = values[question.id] ?? null;
        if (value === null || !asked(each.member, question)) continue;
        await this.type(pathOf({ member, question: question.id }), typed(question, value));
      }
    }
  }

  /** Adds the member with that index by the roster and returns the id the app gave. */
  async #memberPage(index: number): Promise<string> {
    await this.goTo('roster');
    const row = this.page.locator('[data-member]').nth(index);
    if (await row.isVisible()) await row.locator('button').first().click();
    else await this.page.locator('[data-add-member]').click();
    const shown = this.page.locator('[data-page^="member/"]');
    await shown.waitFor();
    return ((await shown.getAttribute('data-page')) ?? '').slice('member/'.length);
  }

  /** Holds the button as the officer does; resolves when the family is submitted and stored on the phone. */
  async submit(): Promise<void> {
    await this.goTo('submit');
    await this.page.locator('[data-hold]').focus();
    await this.page.keyboard.down('Enter');
    await this.page.locator('[data-state=submitted]').first().waitFor();
    await this.page.keyboard.up('Enter');
    await this.page.locator('[data-save=stored]').waitFor();
  }

  /** Compares what the screen shows with the paper, page by page; returns the paths that differ. */
  async shownAnswers(expected: FormAnswers): Promise<string[]> {
    const differing: string[] = [];
    const evaluation = evaluate(regsosek22K, expected, settingsAround());
    for (const each of pagesOf(regsosek22K, expected.members)) {
      if (each.id === 'GEO' || each.id === 'roster') continue;
      const index = expected.members.findIndex(({ id }) => id === each.member);
      const member = each.member === null ? null : await this.#memberPage(index);
      if (member === null) await this.goTo(each.id);
      const values = index < 0 ? expected.family : (expected.members[index]?.answers ?? {});
      const shown = await this.page.locator('rk-question[data-place]').evaluateAll(readInputs);
      for (const question of each.groups.flatMap((group) => group.questions)) {
        const value = values[question.id] ?? null;
        const isAsked = isRelevant(evaluation, { member: each.member, question: question.id });
        if (value === null || !isAsked || question.prefilled || question.id === '401') continue;
        const path = pathOf({ member, question: question.id });
        if (plain(shown[path] ?? '') !== plain(typed(question, value))) differing.push(path);
      }
    }
    return differing;
  }

  async backToList(): Promise<void> {
    await this.start('/');
    await this.page.locator('[data-family]').first().waitFor();
  }

  #focused(): Promise<string | null> {
    return this.page.evaluate(focusedPlace);
  }
}

/** What one types for an answer: codes and numbers as they are, dates and months as plain digits. */
function typed(question: Question, value: Answer): string {
  const isDate = question.kind === 'date' || question.kind === 'period';
  return isDate ? String(value).split('-').reverse().join('') : String(value);
}

/** Without the strokes and spaces that only help reading. */
function plain(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toUpperCase();
}

/** Runs in the page: what the fields of the open page hold, by path. */
function readInputs(questions: Element[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const question of questions) {
    const field = question.shadowRoot?.querySelector('.entry');
    const input = field?.shadowRoot?.querySelector<HTMLInputElement>('[data-input]');
    values[question.getAttribute('data-place') ?? ''] = input?.value ?? '';
  }
  return values;
}

/** Runs in the page: the path of the question that has the focus, through shadow roots. */
function focusedPlace(): string | null {
  let active = document.activeElement;
  let place: string | null = null;
  while (active) {
    place = active.closest('[data-place]')?.getAttribute('data-place') ?? place;
    active = active.shadowRoot?.activeElement ?? null;
  }
  return place;
}

/** Runs in the page. */
function focusedPlaceIsNot(path: string): boolean {
  let active = document.activeElement;
  while (active) {
    if (active.closest('[data-place]')?.getAttribute('data-place') === path) return false;
    active = active.shadowRoot?.activeElement ?? null;
  }
  return true;
}
