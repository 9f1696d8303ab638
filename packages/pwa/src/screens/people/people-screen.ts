import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ROLES, type ErrorCode, type Role } from '@rukun/core/foundation';
import { PEOPLE_PAGE, type PeopleAnswer, type PersonEntry } from '@rukun/core/people';
import type { App } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import { t, tx } from '../../i18n/translate.ts';
import { systemClock } from '../../platform/clock.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import { failureNotice } from './failure-notice.ts';
import './person-dialog.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';
import { seenWords, statePill } from './person-state.ts';

/** Typing is over when nothing came for so long. */
const PAUSE_MS = 300;

/** Those one looks after: everybody for the administrator, the team for others. */
@customElement('rk-people-screen')
export class RkPeopleScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private query = '';
  @state() private chosenRole: Role | null = null;
  @state() private page = 0;
  @state() private answer: PeopleAnswer | null = null;
  @state() private failure: ErrorCode | null = null;
  @state() private isLoading = false;
  @state() private chosen: PersonEntry | null = null;
  /** Of the latest question; an answer to an earlier one is late. */
  #asked = 0;
  #cancelPause: () => void = () => undefined;

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    peopleStyles,
    css`
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
        gap: var(--rk-gap-m);
      }
      .rows {
        display: grid;
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius-l);
        overflow: clip;
        background: var(--rk-surface);
      }
      .rows[aria-busy='true'] {
        opacity: 0.6;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.3rem var(--rk-gap-l);
        align-items: center;
        justify-items: start;
        width: 100%;
        padding: var(--rk-gap-m) var(--rk-gap-l);
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      li + li .row {
        border-top: 1px solid var(--rk-line);
      }
      .row:hover {
        background: var(--rk-primary-soft);
      }
      .row:focus-visible {
        outline-offset: -3px;
      }
      .row.ended {
        color: var(--rk-ink-soft);
      }
      .who,
      .part {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .who strong {
        display: block;
      }
      .row > .icon {
        display: none;
      }
      @media (min-width: 40rem) {
        .row {
          grid-template-columns: minmax(0, 3fr) minmax(0, 3fr) auto;
        }
        .row > .icon {
          display: block;
          grid-area: 1 / 3 / span 2;
        }
      }
      @media (min-width: 60rem) {
        .row {
          grid-template-columns: minmax(0, 4fr) minmax(0, 3fr) minmax(0, 3fr) 11rem auto;
        }
        .row > .icon {
          grid-area: 1 / 5;
        }
      }
      .pages {
        display: flex;
        flex-wrap: wrap;
        gap: var(--rk-gap-m);
        align-items: center;
        justify-content: center;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelPause();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('app')) void this.#load();
  }

  override render() {
    const isAdministrator = this.app.session.me.get()?.person.role === 'administrator';
    return html`<rk-app-bar .app=${this.app} .back=${'/'}></rk-app-bar>
      <main data-people=${this.answer?.total ?? ''}>
        <div class="head">
          <div>
            <h1>${t(isAdministrator ? 'menu.people' : 'menu.team')}</h1>
            <p class="quiet">${tp(isAdministrator ? 'people-lead' : 'team-lead')}</p>
          </div>
          ${
            isAdministrator
              ? html`<a class="button" href="/orang/impor" data-import>${icon('plus')} ${tp('import')}</a>`
              : nothing
          }
        </div>
        ${this.#filters(isAdministrator)}
        ${this.failure ? failureNotice(this.failure, () => void this.#load()) : nothing}
        ${this.#list(isAdministrator)}
      </main>
      ${
        this.chosen
          ? html`<rk-person-dialog
              .app=${this.app}
              .person=${this.chosen}
              @rk-close=${() => (this.chosen = null)}
              @rk-changed=${this.#changed}
            ></rk-person-dialog>`
          : nothing
      }`;
  }

  #filters(isAdministrator: boolean) {
    const roles = (Object.keys(ROLES) as Role[]).filter(
      (role) => isAdministrator || role === 'officer' || role === 'supervisor',
    );
    return html`<form class="filters" role="search" @submit=${this.#searched}>
      <div class="field">
        <label for="query">${tp('search')}</label>
        <input
          class="input"
          id="query"
          type="search"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          data-people-search
          .value=${this.query}
          @input=${this.#typed}
        />
      </div>
      <div class="field">
        <label for="role">${tp('role')}</label>
        <select class="input" id="role" data-people-role @change=${this.#roleChosen}>
          <option value="">${tp('role-all')}</option>
          ${roles.map((role) => html`<option value=${role} ?selected=${role === this.chosenRole}>${tx(ROLES[role])}</option>`)}
        </select>
      </div>
    </form>`;
  }

  #list(isAdministrator: boolean) {
    const { answer } = this;
    if (!answer)
      return this.isLoading ? html`<p class="nothing" role="status">${tp('loading')}</p>` : nothing;
    if (answer.total === 0) return this.#nobody(isAdministrator);
    const pages = Math.ceil(answer.total / PEOPLE_PAGE);
    return html`<p class="small quiet" role="status">${tp('found', { count: answer.total })}</p>
      <ul class="rows" aria-busy=${this.isLoading}>
        ${answer.people.map((person) => html`<li>${this.#row(person)}</li>`)}
      </ul>
      ${pages > 1 ? this.#pages(pages) : nothing}`;
  }

  #row(person: PersonEntry) {
    return html`<button
      class="row ${person.endedAt === null ? '' : 'ended'}"
      type="button"
      data-person=${person.userName}
      @click=${() => (this.chosen = person)}
    >
      <span class="who"
        ><strong>${person.name}</strong><span class="small quiet">${person.userName}</span></span
      >
      <span class="part small">${[tx(ROLES[person.role]), person.code].filter(Boolean).join(' · ')}</span>
      <span class="part small quiet">${person.lastSeenAt === null ? '' : seenWords(person)}</span>
      ${statePill(person)} ${icon('forward')}
    </button>`;
  }

  #nobody(isAdministrator: boolean) {
    const isFiltered = this.query !== '' || this.chosenRole !== null;
    const words = isFiltered ? 'none-found' : isAdministrator ? 'none' : 'none-team';
    return html`<div class="nothing" data-nobody>
      <p>${tp(words)}</p>
      ${
        isFiltered
          ? html`<button class="button" type="button" @click=${this.#clear}>${tp('clear')}</button>`
          : nothing
      }
    </div>`;
  }

  #pages(pages: number) {
    return html`<nav class="pages" aria-label=${tp('page', { page: this.page + 1, of: pages })}>
      <button
        class="button"
        type="button"
        data-page-back
        ?disabled=${this.page === 0}
        @click=${() => this.#turn(-1)}
      >
        ${icon('back')} ${tp('previous')}
      </button>
      <span class="numbers">${tp('page', { page: this.page + 1, of: pages })}</span>
      <button
        class="button"
        type="button"
        data-page-on
        ?disabled=${this.page + 1 >= pages}
        @click=${() => this.#turn(1)}
      >
        ${tp('next')} ${icon('forward')}
      </button>
    </nav>`;
  }

  #turn(by: number): void {
    this.page += by;
    scrollTo(0, 0);
    void this.#load();
  }

  readonly #clear = (): void => {
    this.query = '';
    this.chosenRole = null;
    this.page = 0;
    void this.#load();
  };

  readonly #searched = (event: Event): void => {
    event.preventDefault();
    this.#cancelPause();
    this.page = 0;
    void this.#load();
  };

  readonly #typed = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.#cancelPause();
    this.#cancelPause = systemClock.after(PAUSE_MS, () => {
      this.page = 0;
      void this.#load();
    });
  };

  readonly #roleChosen = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.chosenRole = value === '' ? null : (value as Role);
    this.page = 0;
    void this.#load();
  };

  readonly #changed = (): void => {
    void this.#load();
  };

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    this.isLoading = true;
    const people = await this.app.people();
    const answer = await people.search({ query: this.query, role: this.chosenRole, page: this.page });
    if (asked !== this.#asked) return;
    this.isLoading = false;
    this.failure = answer.ok ? null : answer.failure.code;
    if (!answer.ok) return;
    this.answer = answer.value;
    const { chosen } = this;
    if (chosen) this.chosen = answer.value.people.find(({ id }) => id === chosen.id) ?? chosen;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-people-screen': RkPeopleScreen;
  }
}
