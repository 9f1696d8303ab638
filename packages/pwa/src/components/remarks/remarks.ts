import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Remark } from '@rukun/core/household';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { PendingWrite } from '../pending-write.ts';
import type { FormActions } from '../question/question-view.ts';

/**
 * The remarks at one place, and a box for a new one; what is typed there is kept when the page is left unsaved. With `rule`, the remark says why a finding is right as it is.
 */
@customElement('rk-remarks')
export class RkRemarks extends RkElement {
  @property() path = '';
  @property() rule = '';
  /** Words the new remark begins with. */
  @property() start = '';
  @property({ attribute: false }) remarks: readonly Remark[] = [];
  @property({ attribute: false }) actions!: FormActions;
  @query('textarea') private box!: HTMLTextAreaElement;
  readonly #unsaved = new PendingWrite(this);

  static override styles = [
    shared,
    buttons,
    fields,
    css`
      :host {
        padding: var(--rk-gap-m);
        border-radius: var(--rk-radius);
        background: var(--rk-remark-soft);
      }
      ul {
        display: grid;
        gap: var(--rk-gap-m);
        margin-bottom: var(--rk-gap-m);
      }
      li {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 0 var(--rk-gap-s);
        align-items: center;
      }
      li p {
        grid-column: 1 / -1;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .resolved p {
        text-decoration: line-through;
        color: var(--rk-ink-soft);
      }
      textarea.input {
        min-height: 4.5rem;
      }
      .save {
        margin-top: var(--rk-gap-s);
      }
    `,
  ];

  protected override firstUpdated(): void {
    if (this.actions.isPast) return;
    this.box.value = this.start === '' ? '' : `${this.start} `;
    if (this.rule !== '') this.box.focus();
  }

  override render() {
    return html`${
      this.remarks.length > 0
        ? html`<ul>
            ${this.remarks.map((each) => this.#remark(each))}
          </ul>`
        : nothing
    }
    ${this.actions.isPast ? this.#none() : this.#new()}`;
  }

  #none() {
    return this.remarks.length > 0 ? nothing : html`<p class="quiet">${t('counters.remarks-none')}</p>`;
  }

  #new() {
    return html`<label class="field">
        <span class="label">${t(this.rule === '' ? 'remarks.new' : 'remarks.reason')}</span>
        <textarea class="input" rows="2" maxlength="1000" data-remark-text @input=${this.#typed}></textarea>
      </label>
      <button class="button main save" type="button" data-remark-save @click=${this.#save}>
        ${icon('remark')} ${t('remarks.save')}
      </button>`;
  }

  #remark(remark: Remark) {
    const author = this.actions.nameOf(remark.by) || t('person.unknown');
    return html`<li class=${remark.resolved ? 'resolved' : ''} data-remark=${remark.id}>
      <p>${remark.text}</p>
      <span class="small quiet">${author} · ${formatMoment(remark.at)}</span>
      ${
        this.actions.isPast
          ? nothing
          : html`<button
              class="button bare"
              type="button"
              @click=${() => this.actions.resolveRemark(remark.id, !remark.resolved)}
            >
              ${t(remark.resolved ? 'remarks.reopen' : 'remarks.resolve')}
            </button>`
      }
    </li>`;
  }

  readonly #typed = (): void => {
    const text = this.box.value.trim();
    if (text === '' || text === this.start) this.#unsaved.drop();
    else this.#unsaved.hold(this.#save);
  };

  readonly #save = (): void => {
    this.#unsaved.drop();
    const text = this.box.value.trim();
    if (text === '') {
      this.box.focus();
      return;
    }
    this.actions.addRemark(this.path, text, this.rule);
    this.box.value = '';
    this.send('rk-remarked');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-remarks': RkRemarks;
  }
}
