import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { joinSum, splitSum, toggleCode, type Answer, type Question } from '@rukun/core/questionnaire';
import { t, tx } from '../../i18n/translate.ts';
import { fields, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { optionRows } from '../option-rows.ts';
import { PendingWrite } from '../pending-write.ts';

/** Several codes, written as their sum like on paper: tick them, or type the sum. */
@customElement('rk-sum-field')
export class RkSumField extends RkElement {
  @property({ attribute: false }) question!: Question;
  @property({ attribute: false }) value: Answer | null = null;
  @property({ attribute: false }) write!: (value: Answer | null) => void;
  @property({ attribute: false }) next!: () => void;
  @property({ type: Boolean }) readonly = false;
  @property({ type: Boolean }) invalid = false;
  @property() label = '';
  /** What is wrong, or how to type: told together with the label. */
  @property() description = '';
  @state() private draft: string | null = null;
  @query('[data-input]') private input!: HTMLInputElement;
  readonly #pending = new PendingWrite(this);

  static override styles = [
    shared,
    fields,
    optionRows,
    css`
      .sum {
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-s);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** Puts the cursor into the sum box. */
  focusInput(): void {
    this.input.focus({ preventScroll: true });
  }

  override render() {
    const { question, value } = this;
    const typed = this.draft === null ? value : this.draft === '' ? null : Number(this.draft);
    const chosen = typed === null ? [] : (splitSum(question, typed) ?? []);
    const isSum = typed === null || chosen.length > 0;
    return html`<div class="codes">
      <input
        class="input code"
        data-input
        type="text"
        inputmode="numeric"
        autocomplete="off"
        enterkeyhint="next"
        maxlength="2"
        aria-label=${`${this.label}. ${t('entry.sum')}`}
        aria-description=${this.description || nothing}
        aria-invalid=${this.invalid || !isSum ? 'true' : nothing}
        .value=${live(this.draft ?? String(value ?? ''))}
        ?readonly=${this.readonly}
        @focus=${() => this.input.select()}
        @input=${this.#typed}
        @keydown=${this.#key}
        @blur=${this.#leave}
      />
      <div class="options" role="group" aria-label=${this.label}>
        ${question.options.map(
          (option) =>
            html`<label class="option">
              <input
                type="checkbox"
                .checked=${live(chosen.includes(option.code))}
                ?disabled=${this.readonly}
                @change=${() => this.#toggle(chosen, option.code)}
              />
              <span class="printed">${option.code}</span>
              <span class="words">${tx(option.label)}</span>
            </label>`,
        )}
      </div>
      ${
        isSum
          ? chosen.length > 1
            ? html`<p class="sum">${chosen.join(' + ')} = ${typed}</p>`
            : nothing
          : html`<p class="wrong" role="alert">${t('entry.no-sum', { sum: typed ?? '' })}</p>`
      }
    </div>`;
  }

  readonly #typed = (): void => {
    this.draft = this.input.value.replaceAll(/\D/g, '');
    this.input.value = this.draft;
    this.#pending.after(() => this.#commit());
  };

  #toggle(chosen: readonly string[], code: string): void {
    this.#pending.drop();
    this.draft = null;
    this.write(joinSum(this.question, toggleCode(this.question, chosen, code)));
    this.requestUpdate();
  }

  readonly #key = (event: KeyboardEvent): void => {
    const isTab = event.key === 'Tab' && !event.shiftKey;
    if ((event.key !== 'Enter' && !isTab) || this.readonly) return;
    event.preventDefault();
    if (this.#commit()) this.next();
  };

  /** Writes the typed sum; a sum that cannot be stays in the box and is not written. */
  #commit(): boolean {
    this.#pending.drop();
    if (this.draft === null) return true;
    const sum = this.draft === '' ? null : Number(this.draft);
    if (sum !== null && splitSum(this.question, sum) === null) return false;
    this.write(sum);
    return true;
  }

  readonly #leave = (): void => {
    if (!this.readonly && this.#commit()) this.draft = null;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-sum-field': RkSumField;
  }
}
