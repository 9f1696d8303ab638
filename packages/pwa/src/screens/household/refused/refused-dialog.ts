import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { OpenHousehold } from '../../../app/app.ts';
import '../../../components/dialog/dialog.ts';
import type { RkDialog } from '../../../components/dialog/dialog.ts';
import { RkElement } from '../../../components/element.ts';
import { askForRescue } from '../../../components/rescue-request.ts';
import { Watch } from '../../../components/watch.ts';
import type { ErrorCode } from '@rukun/core/foundation';
import { formatMoment } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import { icon } from '../../../styles/icons.ts';
import { buttons, notices, shared } from '../../../styles/shared.ts';
import type { FormModel } from '../form-model.ts';
import { refusedRows, type RefusedRow } from './refused-rows.ts';
import { tn } from './refused-words.ts';
import { refusedStyles } from './refused.styles.ts';

/** Texts up to here are shown at once. */
const SHORT = 120;

/**
 * What the centre did not take of this family, each with the reason and the way back into the form. Sends `rk-close`, `rk-refill`
 * with a path and what to offer there, `rk-jump` with a path, `rk-open-page` with a page.
 */
@customElement('rk-refused')
export class RkRefused extends RkElement {
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) model!: FormModel;
  @state() private step: 'list' | 'asking' | 'working' | 'failed' = 'list';
  /** Which row was copied, and whether it could be. */
  @state() private copied: { readonly row: number; readonly done: boolean } | null = null;
  @query('rk-dialog') private dialog!: RkDialog;
  @query('#ask') private question!: HTMLElement | null;
  @query('[data-refused-read]') private readIt!: HTMLElement | null;
  readonly #refused = new Watch(this, () => this.open.refused);
  readonly #keptBack = new Watch(this, () => this.open.keptBack);
  readonly #mayWrite = new Watch(this, () => this.open.mayWrite);

  static override styles = [shared, buttons, notices, refusedStyles];

  override render() {
    const keptBack = this.#keptBack.value ?? null;
    const rows = refusedRows(this.#refused.value ?? [], this.model);
    return html`<rk-dialog open .heading=${keptBack ? tn('kept-title') : tn('title')}>
      <div class="all" data-refused-list=${rows.length}>
        ${keptBack ? this.#kept(keptBack, rows.length > 0) : nothing}
        ${rows.length > 0 ? this.#list(rows, keptBack !== null) : keptBack ? nothing : this.#none()}
      </div>
    </rk-dialog>`;
  }

  #none() {
    return html`<div class="notice warning" role="status" data-refused-unread>
      ${icon('warning')}
      <p class="fill">${tn('unread')}</p>
    </div>`;
  }

  #kept(code: ErrorCode, isFollowed: boolean) {
    return html`<section class="kept ${isFollowed ? 'followed' : ''}" data-kept-back=${code}>
      <p><strong>${tn('why')}:</strong> ${t(`error.${code}`)}</p>
      <p>${tn(code === 'late' ? 'kept-late' : 'kept-means')}</p>
      ${code === 'late' ? nothing : this.#whatToDo()}
    </section>`;
  }

  #whatToDo() {
    return html`<h3>${tn('kept-do')}</h3>
      <ol>
        <li>${tn('kept-tell')}</li>
        <li>
          ${tn('kept-save')}
          <button class="button" type="button" data-rescue="write" @click=${this.#rescue}>
            ${icon('save')} ${t('rescue.write')}
          </button>
        </li>
        <li>${tn(this.#mayWrite.value === true ? 'kept-again' : 'kept-read-only')}</li>
      </ol>`;
  }

  #list(rows: readonly RefusedRow[], isFollowing: boolean) {
    return html`${isFollowing ? html`<h3>${tn('title')}</h3>` : nothing}
      <p class="quiet">${tn('lead')}</p>
      <ol class="rows">
        ${rows.map((row, index) => this.#row(row, index))}
      </ol>
      ${this.#footer()}`;
  }

  #row(row: RefusedRow, index: number) {
    return html`<li class="row" data-refused-edit=${'path' in row.target ? row.target.path : row.target.page}>
      <h3>${row.title}</h3>
      ${row.about === '' ? nothing : html`<p class="small quiet">${row.about}</p>`}
      <dl>
        <dt>${tn('yours')}</dt>
        <dd class="yours">${yours(row)}</dd>
        ${
          row.now === null
            ? nothing
            : html`<dt>${tn('now')}</dt>
                <dd data-now>${row.now}</dd>`
        }
        <dt>${tn('why')}</dt>
        <dd class="why">${row.why}</dd>
      </dl>
      <p class="small quiet">
        <time datetime=${new Date(row.at).toISOString()}>${tn('written', { at: formatMoment(row.at) })}</time>
      </p>
      <div class="ways">${this.#way(row)} ${row.text === '' ? nothing : this.#copyButton(row, index)}</div>
      ${
        this.copied?.row === index && !this.copied.done
          ? html`<p class="small" role="alert">${tn('not-copied')}</p>`
          : nothing
      }
    </li>`;
  }

  #way(row: RefusedRow): TemplateResult {
    const { target, offer } = row;
    const isWritable = this.#mayWrite.value === true;
    if ('path' in target && offer !== null && isWritable)
      return html`<button
        class="button main"
        type="button"
        data-refill=${target.path}
        aria-label=${tn('refill-of', { what: row.title })}
        @click=${() => this.send('rk-refill', { path: target.path, value: offer })}
      >
        ${tn('refill')}
      </button>`;
    const words = tn('path' in target ? 'look' : 'look-at');
    return html`<button
      class="button"
      type="button"
      data-refused-look
      aria-label=${`${words}: ${row.title}`}
      @click=${() => ('path' in target ? this.send('rk-jump', target.path) : this.send('rk-open-page', target.page))}
    >
      ${words}
    </button>`;
  }

  #copyButton(row: RefusedRow, index: number) {
    const isDone = this.copied?.row === index && this.copied.done;
    return html`<button
      class="button"
      type="button"
      data-refused-copy
      aria-label=${isDone ? nothing : tn('copy-of', { what: row.title })}
      @click=${() => void this.#copy(row, index)}
    >
      ${isDone ? html`${icon('check')} <span role="status">${tn('copied')}</span>` : tn('copy')}
    </button>`;
  }

  #footer() {
    if (this.step === 'list')
      return html`<button
        class="button wide"
        type="button"
        data-refused-read
        @click=${() => void this.#askIt()}
      >
        ${icon('check')} ${tn('read-it')}
      </button>`;
    return html`<div class="asking" role="group" aria-labelledby="ask">
      <p id="ask" tabindex="-1">${tn('read-ask')}</p>
      ${
        this.step === 'failed'
          ? html`<div class="notice error" role="alert" data-refused-failed>
              ${icon('error')}
              <p class="fill">${tn('read-failed')}</p>
            </div>`
          : nothing
      }
      <div class="ways">
        <button
          class="button danger full"
          type="button"
          data-refused-yes
          ?disabled=${this.step === 'working'}
          @click=${() => void this.#putAway()}
        >
          ${tn('read-yes')}
        </button>
        <button class="button" type="button" data-refused-no @click=${() => void this.#askNot()}>
          ${t('action.cancel')}
        </button>
      </div>
    </div>`;
  }

  async #askIt(): Promise<void> {
    this.step = 'asking';
    await this.updateComplete;
    // Not on the button: a key that is held down must not confirm what it asked for.
    this.question?.focus();
  }

  async #askNot(): Promise<void> {
    this.step = 'list';
    await this.updateComplete;
    this.readIt?.focus();
  }

  async #putAway(): Promise<void> {
    this.step = 'working';
    try {
      await this.open.putAwayRefused();
    } catch {
      this.step = 'failed';
      return;
    }
    this.step = 'list';
    // A family of which nothing is taken still has something to say.
    if ((this.#keptBack.value ?? null) !== null) return;
    // Closed first: beside a modal dialog nothing can take the focus.
    this.dialog.open = false;
    await this.dialog.updateComplete;
    this.send('rk-close');
  }

  async #copy({ text }: RefusedRow, row: number): Promise<void> {
    // Absent on plain http.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const done = await (clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => true,
      () => false,
    );
    this.copied = { row, done };
  }

  /** The dialog of the rescue file takes the place of this one. */
  readonly #rescue = (event: Event): void => {
    askForRescue('write')(event);
    this.send('rk-close');
  };
}

/** What the person wrote; all of a long text on request. */
function yours({ words }: RefusedRow) {
  if (words.length <= SHORT) return words;
  return html`${words.slice(0, SHORT)}…
    <details>
      <summary class="small">${tn('all-text', { count: words.length })}</summary>
      <p class="text" tabindex="0">${words}</p>
    </details>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-refused': RkRefused;
  }
}
