import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { typedCode, type Answer, type Question } from '@rukun/core/questionnaire';
import { t, tx } from '../../i18n/translate.ts';
import { fields, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { optionRows } from '../option-rows.ts';
import { PendingWrite } from '../pending-write.ts';

/** One of the printed codes: typed in the box as on paper, or tapped in the list. A typed code moves on. */
@customElement('rk-code-field')
export class RkCodeField extends RkElement {
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
  @state() private unknown = false;
  @query('[data-input]') private input!: HTMLInputElement;
  readonly #pending = new PendingWrite(this);

  static override styles = [shared, fields, optionRows];

  /** Puts the cursor into the code box. */
  focusInput(): void {
    this.input.focus({ preventScroll: true });
  }

  override render() {
    const { question, value } = this;
    return html`<div class="codes">
      <input
        class="input code"
        data-input
        type="text"
        inputmode="numeric"
        autocomplete="off"
        enterkeyhint="next"
        maxlength="2"
        aria-label=${`${this.label}. ${t('entry.code')}`}
        aria-description=${this.description || nothing}
        aria-invalid=${this.invalid || this.unknown ? 'true' : nothing}
        .value=${live(this.draft ?? String(value ?? ''))}
        ?readonly=${this.readonly}
        @focus=${() => this.input.select()}
        @input=${this.#typed}
        @keydown=${this.#key}
        @blur=${this.#leave}
      />
      <div
        class="options ${question.options.length > 12 ? 'many' : ''}"
        role="radiogroup"
        aria-label=${this.label}
      >
        ${question.options.map(
          (option) =>
            html`<label class="option">
              <input
                type="radio"
                name="option"
                .checked=${live(option.code === value)}
                ?disabled=${this.readonly}
                @change=${() => this.#choose(option.code)}
              />
              <span class="printed">${option.code}</span>
              <span class="words">${tx(option.label)}</span>
            </label>`,
        )}
      </div>
      ${
        this.unknown
          ? html`<p class="wrong" role="alert">${t('entry.no-code', { code: this.draft ?? '' })}</p>`
          : nothing
      }
    </div>`;
  }

  readonly #typed = (): void => {
    const digits = this.input.value.replaceAll(/\D/g, '');
    this.input.value = digits;
    this.draft = digits;
    this.unknown = false;
    this.#pending.drop();
    if (digits === '') {
      this.#pending.after(() => this.write(null));
      return;
    }
    const typed = typedCode(this.question.options, digits);
    if (typed.state === 'chosen') this.#choose(typed.code, true);
    else if (typed.state === 'none') this.unknown = true;
    else this.#pending.after(() => this.#enter());
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (this.readonly) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.#step(event.key === 'ArrowDown' ? 1 : -1);
      return;
    }
    const isTab = event.key === 'Tab' && !event.shiftKey;
    if (event.key !== 'Enter' && !isTab) return;
    event.preventDefault();
    if (this.#enter()) this.next();
  };

  /** The code next to the chosen one, for hands that stay on the arrow keys. */
  #step(by: 1 | -1): void {
    const { options } = this.question;
    const at = options.findIndex((option) => option.code === this.value);
    const chosen = options[at < 0 ? (by > 0 ? 0 : options.length - 1) : at + by];
    if (chosen) this.#choose(chosen.code);
  }

  #choose(code: string, moveOn = false): void {
    this.#pending.drop();
    this.draft = null;
    this.unknown = false;
    this.write(code);
    if (moveOn) this.next();
  }

  /** Takes what is typed as finished; false if it is no code. */
  #enter(): boolean {
    this.#pending.drop();
    if (this.draft === null) return true;
    if (this.draft === '') {
      this.write(null);
      this.draft = null;
      return true;
    }
    const typed = typedCode(this.question.options, this.draft, true);
    if (typed.state === 'chosen') this.#choose(typed.code);
    else this.unknown = true;
    return typed.state === 'chosen';
  }

  readonly #leave = (): void => {
    if (!this.readonly) this.#enter();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-code-field': RkCodeField;
  }
}
