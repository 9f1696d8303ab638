import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { App, OpenHousehold } from '../../../app/app.ts';
import { pathOfHousehold } from '../../../app/routes.ts';
import '../../../components/dialog/dialog.ts';
import '../../../components/drawer/drawer.ts';
import { RkElement } from '../../../components/element.ts';
import type { FormActions } from '../../../components/question/question-view.ts';
import type { ErrorCode } from '@rukun/core/foundation';
import { parseDocumentName } from '@rukun/core/protocol';
import { t } from '../../../i18n/translate.ts';
import { formatMoment } from '../../../i18n/format.ts';
import { rememberedPage } from '../../../platform/last-page.ts';
import { icon } from '../../../styles/icons.ts';
import { buttons, notices, shared } from '../../../styles/shared.ts';
import { drawerRows } from '../drawer-rows.ts';
import type { RkFormPage } from '../form-page.ts';
import { SUBMIT } from '../form-page.ts';
import '../form-page.ts';
import { modelOf, type FormModel } from '../form-model.ts';
import { headName } from '../form-header.ts';
import { GeotagSession } from '../geotag-session.ts';
import { householdStyles } from '../household-screen.styles.ts';
import { th } from './history-words.ts';

const nothingAtAll = (): void => undefined;

/** A family's form as it stood after a commit: every page, read-only, under a banner that says which moment it is. */
@customElement('rk-past-screen')
export class RkPastScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  /** The id of the household document. */
  @property() document = '';
  @property({ type: Number }) commit = 0;
  @state() private open: OpenHousehold | null = null;
  @state() private at: number | null = null;
  @state() private failure: ErrorCode | null = null;
  @state() private page = '';
  @state() private menuIsOpen = false;
  @query('rk-form-page') private formPage!: RkFormPage | null;
  @query('dialog') private menu!: HTMLDialogElement | null;
  #model: FormModel | null = null;
  #actions: FormActions | null = null;
  #geotag: GeotagSession | null = null;
  #isGone = false;

  static override styles = [
    shared,
    buttons,
    notices,
    householdStyles,
    css`
      .banner {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--rk-gap-xs) var(--rk-gap-s);
        align-items: center;
        padding: var(--rk-gap-xs) var(--rk-gap-m) var(--rk-gap-s) var(--rk-gap-xs);
        border-bottom: 3px solid var(--rk-warning-mark);
        background: var(--rk-warning-soft);
        color: var(--rk-warning);
      }
      .moment {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      h1 {
        font-size: var(--rk-text-m);
      }
      .menu {
        color: inherit;
      }
      .now {
        grid-column: 1 / -1;
        margin-left: var(--rk-gap-s);
      }
      .pill.past {
        white-space: normal;
        background: var(--rk-warning);
        color: var(--rk-warning-soft);
      }
      .wide-only {
        display: none;
      }
      @media (min-width: 40rem) {
        .wide-only {
          display: inline;
        }
        .banner {
          grid-template-columns: auto 1fr auto;
        }
        .now {
          grid-column: auto;
        }
        h1 {
          font-size: var(--rk-text-l);
        }
      }
      footer {
        position: sticky;
        bottom: 0;
        z-index: 2;
        display: flex;
        flex-wrap: wrap;
        gap: var(--rk-gap-s);
        justify-content: space-between;
        padding: var(--rk-gap-s);
        border-top: 1px solid var(--rk-line);
        background: var(--rk-surface);
      }
      footer > * {
        flex: 1 1 auto;
        min-width: 0;
        max-width: 14rem;
        padding-inline: var(--rk-gap-s);
        overflow-wrap: anywhere;
      }
      @media (min-width: 64rem) {
        .menu {
          display: none;
        }
        .banner {
          grid-template-columns: 1fr auto;
          padding-left: var(--rk-gap-l);
        }
        footer {
          grid-column: 2;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#isGone = true;
    void this.open?.close();
  }

  async #load(): Promise<void> {
    this.failure = null;
    const name = parseDocumentName(`household/${this.document}`);
    if (!name.ok) {
      this.failure = 'not-found';
      return;
    }
    const past = await this.app.past();
    const [opened, history] = await Promise.all([
      past.at(name.value.name, this.commit),
      past.history(name.value.name),
    ]);
    if (!opened.ok) {
      this.failure = opened.failure.code;
      return;
    }
    if (this.#isGone) {
      await opened.value.close();
      return;
    }
    const entries = history.ok ? history.value : [];
    this.at = entries.findLast(({ commit }) => commit <= this.commit)?.receivedAt ?? null;
    this.#begin(opened.value);
  }

  #begin(open: OpenHousehold): void {
    const { session, form, position } = this.app;
    const role = session.me.get()?.person.role === 'supervisor' ? 'supervisor' : 'officer';
    this.#model = modelOf(open, form, role);
    this.#geotag = new GeotagSession(position, open, nothingAtAll);
    this.#actions = {
      isPast: true,
      write: nothingAtAll,
      next: nothingAtAll,
      at: nothingAtAll,
      addRemark: nothingAtAll,
      resolveRemark: nothingAtAll,
      nameOf: (person) => session.nameOf(person),
    };
    const ids = this.#model.pages.map(({ id }) => id);
    const known = rememberedPage(this.document);
    this.page = known !== null && ids.includes(known) ? known : (ids[0] ?? '');
    this.open = open;
  }

  protected override updated(): void {
    if (this.menuIsOpen && this.menu && !this.menu.open) this.menu.showModal();
  }

  override render(): TemplateResult {
    if (this.failure) return this.#failed(this.failure);
    const { open } = this;
    if (!open || !this.#model) return html`<p class="wait" role="status">${th('past-loading')}</p>`;
    const drawer = html`<rk-drawer
      .rows=${drawerRows(this.#model).filter(({ page }) => page !== SUBMIT)}
      .current=${this.page}
    ></rk-drawer>`;
    return html`<div
      class="frame"
      data-past=${this.commit}
      @rk-open-page=${(event: CustomEvent<string>) => void this.#goTo(event.detail)}
    >
      <div class="top">${this.#banner(this.#model)}</div>
      <aside>${drawer}</aside>
      <main>
        <rk-form-page
          .app=${this.app}
          .open=${open}
          .model=${this.#model}
          .actions=${this.#actions}
          .geotag=${this.#geotag}
          .page=${this.page}
          .readonly=${true}
        ></rk-form-page>
      </main>
      ${this.#footer(this.#model)}
      ${
        this.menuIsOpen
          ? html`<dialog
              class="sheet"
              @close=${() => (this.menuIsOpen = false)}
              @click=${(event: MouseEvent) => {
                if (event.target === this.menu) this.menu?.close();
              }}
            >
              ${drawer}
            </dialog>`
          : nothing
      }
    </div>`;
  }

  #banner(model: FormModel) {
    const head = headName(model);
    return html`<div class="banner" role="status" data-past-banner>
      <button
        class="button bare square menu"
        type="button"
        data-menu
        @click=${() => (this.menuIsOpen = true)}
      >
        ${icon('menu')}<span class="unseen">${t('drawer.open')}</span>
      </button>
      <div class="moment">
        <h1>
          ${icon('history')} ${th('past-banner', { at: this.at === null ? '–' : formatMoment(this.at) })}
        </h1>
        <p class="small">
          <strong>${head}</strong> · <span class="pill past">${th('past-pill')}</span>
          <span class="wide-only">${th('past-read-only')}</span>
        </p>
      </div>
      ${this.#back('main now')}
    </div>`;
  }

  #back(kind: string) {
    return html`<a class="button ${kind}" href=${pathOfHousehold(`household/${this.document}`)} data-past-now
      >${th('past-now')}</a
    >`;
  }

  #footer({ pages }: FormModel) {
    const at = pages.findIndex(({ id }) => id === this.page);
    const [before, after] = [pages[at - 1], pages[at + 1]];
    return html`<footer>
      ${before ? this.#step(before.id, html`${icon('back')} ${t('form.previous')}`, 'previous') : html`<span></span>`}
      ${after ? this.#step(after.id, html`${t('form.next')} ${icon('forward')}`, 'next') : nothing}
    </footer>`;
  }

  #step(page: string, words: TemplateResult, way: 'previous' | 'next') {
    return html`<button
      class="button"
      type="button"
      ?data-previous=${way === 'previous'}
      ?data-next=${way === 'next'}
      @click=${() => void this.#goTo(page)}
    >
      ${words}
    </button>`;
  }

  #failed(code: ErrorCode): TemplateResult {
    const words =
      code === 'unavailable' ? th('offline') : code === 'not-found' ? th('past-missing') : t(`error.${code}`);
    return html`<div class="wait">
      <div class="notice warning" role="alert" data-past-failed=${code}>
        ${icon('warning')}
        <p class="fill">${words}</p>
      </div>
      <button class="button" type="button" data-history-retry @click=${() => void this.#load()}>
        ${th('retry')}
      </button>
      ${this.#back('')}
    </div>`;
  }

  async #goTo(page: string): Promise<void> {
    this.page = page;
    this.menu?.close();
    await this.updateComplete;
    scrollTo(0, 0);
    this.renderRoot.querySelector('main')?.scrollTo(0, 0);
    await this.formPage?.focusTitle();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-past-screen': RkPastScreen;
  }
}
