import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { pathOfHousehold } from '../../app/routes.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import type { ErrorCode, Result } from '@rukun/core/foundation';
import type { HeldEdit, HeldEdits, QuarantineDecision } from '@rukun/core/protocol';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { historyRows } from '../household/history/history-rows.ts';
import { failureNotice } from '../people/failure-notice.ts';
import { tq } from './held-words.ts';

/** Entries of one edit that are shown before somebody asks for the rest. */
const SHOWN = 6;

const SAID = { take: 'taken', 'set-aside': 'asided', reopen: 'reopened' } as const;

/** What reached the centre too late, for the supervisor to take in under its author's name or to set aside. */
@customElement('rk-held-screen')
export class RkHeldScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private list: HeldEdit['state'] = 'waiting';
  @state() private held: Result<HeldEdits> | null = null;
  @state() private busy = 0;
  /** What came of the last decision. */
  @state() private said: { readonly words: string; readonly isFailure: boolean } | null = null;

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      :host {
        min-height: 100dvh;
        background: var(--rk-ground);
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-l);
        max-width: 56rem;
        margin: 0 auto;
        padding: var(--rk-gap-l);
      }
      .lists,
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--rk-gap-s);
      }
      ol {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-l);
      }
      .edit {
        display: grid;
        gap: var(--rk-gap-m);
        padding: var(--rk-gap-l);
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius-l);
        background: var(--rk-surface);
      }
      .entries {
        gap: var(--rk-gap-s);
        padding-left: var(--rk-gap-m);
        border-left: 3px solid var(--rk-line);
        overflow-wrap: anywhere;
      }
      .nothing {
        padding: var(--rk-gap-xl);
        text-align: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#fetch();
  }

  async #fetch(): Promise<void> {
    const asked = this.list;
    const control = await this.app.held();
    const held = await control.list(asked);
    if (asked === this.list) this.held = held;
  }

  override render() {
    return html`<rk-app-bar .app=${this.app} .back=${'/'}></rk-app-bar>
      <main data-held=${this.list}>
        <div>
          <h1>${tq('title')}</h1>
          <p class="quiet">${tq('lead')}</p>
        </div>
        <div class="lists" role="group">${this.#choice('waiting')} ${this.#choice('set-aside')}</div>
        <div role="status" aria-live="polite">${this.#outcome()}</div>
        ${this.#body()}
      </main>`;
  }

  #choice(list: HeldEdit['state']) {
    return html`<button
      class="button ${this.list === list ? 'main' : ''}"
      type="button"
      aria-pressed=${this.list === list ? 'true' : 'false'}
      data-list=${list}
      @click=${() => this.#show(list)}
    >
      ${tq(list)}
    </button>`;
  }

  #outcome() {
    const { said } = this;
    if (said === null) return nothing;
    return html`<div class="notice ${said.isFailure ? 'error' : 'good'}" data-said>
      ${icon(said.isFailure ? 'error' : 'check')}
      <p class="fill">${said.words}</p>
    </div>`;
  }

  #body() {
    const { held } = this;
    if (held === null) return html`<p class="nothing" role="status">${tq('loading')}</p>`;
    if (!held.ok) return failureNotice(held.failure.code, () => void this.#again());
    const { edits, more } = held.value;
    if (edits.length === 0)
      return html`<p class="nothing quiet" data-empty>
        ${tq(this.list === 'waiting' ? 'empty' : 'empty-aside')}
      </p>`;
    return html`<ol>
        ${edits.map((edit) => this.#edit(edit))}
      </ol>
      ${more ? html`<p class="quiet">${tq('more-waiting')}</p>` : nothing}`;
  }

  #edit(edit: HeldEdit) {
    const what = edit.head === '' ? tq('family-unknown') : tq('family', { head: edit.head });
    const name = edit.byName || t('person.unknown');
    const area = this.app.session.areaOf(edit.area)?.name ?? edit.area;
    return html`<li class="edit" data-edit=${edit.number}>
      <div>
        <h2>${what}</h2>
        <p class="small quiet">${area}</p>
        <p>
          <strong>${tq('written', { name })}</strong>,
          ${tq('received', { at: formatMoment(edit.receivedAt) })}
        </p>
        <p class="small quiet">${tq(`why-${edit.reason}`)}</p>
      </div>
      ${this.#entries(edit)}
      <div class="ways">${this.#ways(edit, name, what)}</div>
    </li>`;
  }

  #entries(edit: HeldEdit) {
    const rows = historyRows(
      edit.entries.map((entry) => ({ ...entry, commit: 0 })),
      { form: this.app.form, standing: () => [] },
    );
    const row = (each: (typeof rows)[number]) =>
      html`<li>
        <strong>${each.title}</strong>: ${each.words}
        <span class="small quiet">${formatMoment(each.entry.at)}</span>
        ${each.before === null ? nothing : html`<br /><span class="small">${tq('now', { words: each.before })}</span>`}
      </li>`;
    return html`${
      edit.problem === null
        ? nothing
        : html`<div class="notice warning">
            ${icon('warning')}
            <p class="fill">${tq('unreadable', { why: whyNot(edit.problem) })}</p>
          </div>`
    }
    ${
      rows.length === 0
        ? nothing
        : html`<ol class="entries">
            ${rows.slice(0, SHOWN).map(row)}
          </ol>`
    }
    ${
      rows.length <= SHOWN
        ? nothing
        : html`<details>
            <summary>${tq('more', { count: rows.length - SHOWN })}</summary>
            <ol class="entries">
              ${rows.slice(SHOWN).map(row)}
            </ol>
          </details>`
    }`;
  }

  #ways(edit: HeldEdit, name: string, what: string) {
    const button = (decision: QuarantineDecision, kind: string, words: string, label: string) =>
      html`<button
        class="button ${kind}"
        type="button"
        data-decide=${decision}
        aria-label=${label}
        ?disabled=${this.busy !== 0}
        @click=${() => void this.#decide(edit, decision, name)}
      >
        ${words}
      </button>`;
    const open = html`<a class="button bare" href=${pathOfHousehold(edit.document)}>${tq('open')}</a>`;
    if (this.list === 'set-aside') return html`${button('reopen', '', tq('reopen'), tq('reopen'))} ${open}`;
    return html`${button('take', 'go', tq('take'), tq('take-of', { name, what }))}
    ${button('set-aside', '', tq('aside'), tq('aside-of', { name, what }))} ${open}`;
  }

  async #decide(edit: HeldEdit, decision: QuarantineDecision, name: string): Promise<void> {
    this.busy = edit.number;
    const control = await this.app.held();
    const done = await control.decide(edit.number, decision);
    this.busy = 0;
    this.said = done.ok
      ? { words: tq(SAID[decision], { name }), isFailure: false }
      : { words: tq('failed', { why: whyNot(done.failure.code) }), isFailure: true };
    await this.#fetch();
  }

  #show(list: HeldEdit['state']): void {
    this.list = list;
    this.said = null;
    void this.#again();
  }

  #again(): Promise<void> {
    this.held = null;
    return this.#fetch();
  }
}

function whyNot(code: ErrorCode): string {
  if (code === 'locked') return tq('locked');
  return code === 'resync' ? tq('gap') : t(`error.${code}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-held-screen': RkHeldScreen;
  }
}
