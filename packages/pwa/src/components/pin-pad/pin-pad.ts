import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { PIN_LENGTH } from '../../app/pin-rules.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { t } from '../../i18n/translate.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Takes a PIN by thumb or keyboard. There is no input field: nothing that a browser, a keyboard or a password manager would keep.
 * Sends `rk-pin` with the digits once all are there, and starts anew.
 */
@customElement('rk-pin-pad')
export class RkPinPad extends RkElement {
  @property({ type: Boolean }) disabled = false;
  @property() label = '';
  @state() private digits = '';

  static override styles = [
    shared,
    buttons,
    css`
      .dots {
        display: flex;
        justify-content: center;
        gap: var(--rk-gap-m);
        padding: var(--rk-gap-m) 0 var(--rk-gap-l);
      }
      .dot {
        width: 1rem;
        height: 1rem;
        border: 2px solid var(--rk-line-strong);
        border-radius: 50%;
      }
      .dot.full {
        border-color: var(--rk-primary);
        background: var(--rk-primary);
      }
      .pad {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: var(--rk-gap-s);
      }
      .pad .button {
        min-height: max(3.25rem, min(4rem, 9dvh));
        font-size: var(--rk-text-xl);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#pressed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#pressed);
    this.digits = '';
  }

  override render() {
    const count = this.digits.length;
    return html`<div role="group" aria-label=${this.label} data-pin-pad ?data-busy=${this.disabled}>
      <div class="dots" aria-hidden="true">
        ${Array.from({ length: PIN_LENGTH }, (_, index) => html`<span class="dot ${index < count ? 'full' : ''}"></span>`)}
      </div>
      <p class="unseen" role="status">${t('pin.count', { count, of: PIN_LENGTH })}</p>
      <div class="pad">
        ${DIGITS.map((digit) => this.#key(digit))}
        <span></span>
        ${this.#key('0')}
        <button
          class="button bare"
          type="button"
          data-pin-delete
          ?disabled=${this.disabled || count === 0}
          @click=${this.#remove}
        >
          ${icon('back')}<span class="unseen">${t('pin.delete')}</span>
        </button>
      </div>
    </div>`;
  }

  #key(digit: string) {
    return html`<button
      class="button"
      type="button"
      data-digit=${digit}
      ?disabled=${this.disabled}
      @click=${() => this.#add(digit)}
    >
      ${digit}
    </button>`;
  }

  #add(digit: string): void {
    if (this.disabled) return;
    const digits = this.digits + digit;
    if (digits.length < PIN_LENGTH) {
      this.digits = digits;
      return;
    }
    this.digits = '';
    this.send('rk-pin', digits);
  }

  readonly #remove = (): void => {
    this.digits = this.digits.slice(0, -1);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isTyping = event.composedPath()[0] instanceof HTMLInputElement;
    if (isTyping) return;
    if (/^\d$/.test(event.key)) this.#add(event.key);
    else if (event.key === 'Backspace') this.#remove();
    else return;
    event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-pin-pad': RkPinPad;
  }
}
