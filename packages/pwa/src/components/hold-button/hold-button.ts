import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

/**
 * A button that acts when it is held for a moment, by finger, mouse, Space or Enter: hard to press by accident. Sends
 * `rk-held`. Whoever cannot hold (switch control, screen reader) clicks; a click without a hold sends `rk-tapped`, and the
 * screen asks instead.
 */
@customElement('rk-hold-button')
export class RkHoldButton extends RkElement {
  @property() label = '';
  @property({ type: Boolean }) disabled = false;
  @state() private holding = false;
  #held = false;

  static override styles = [
    shared,
    buttons,
    css`
      .button {
        position: relative;
        overflow: hidden;
        width: 100%;
        min-height: 3.5rem;
        user-select: none;
        -webkit-user-select: none;
        -webkit-touch-callout: none;
      }
      .fill {
        position: absolute;
        inset: 0;
        background: var(--rk-go-strong);
        transform: scaleX(0);
        transform-origin: left;
      }
      .holding .fill {
        animation: hold 1s linear forwards;
      }
      @keyframes hold {
        to {
          transform: scaleX(1);
        }
      }
      .words {
        position: relative;
      }
    `,
  ];

  override render() {
    return html`<button
      class="button go ${this.holding ? 'holding' : ''}"
      type="button"
      data-hold
      ?disabled=${this.disabled}
      @pointerdown=${this.#start}
      @pointerup=${this.#stop}
      @pointerleave=${this.#stop}
      @pointercancel=${this.#stop}
      @contextmenu=${(event: Event) => event.preventDefault()}
      @keydown=${this.#keyDown}
      @keyup=${this.#keyUp}
      @blur=${this.#stop}
      @click=${this.#click}
    >
      <span class="fill" @animationend=${this.#done}></span>
      <span class="words">${this.label}</span>
    </button>`;
  }

  readonly #start = (): void => {
    this.#held = false;
    this.holding = true;
  };

  readonly #stop = (): void => {
    this.holding = false;
  };

  readonly #done = (): void => {
    this.holding = false;
    this.#held = true;
    this.send('rk-held');
  };

  readonly #keyDown = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) this.#start();
  };

  readonly #keyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    this.#stop();
    if (!this.#held) this.send('rk-tapped');
  };

  readonly #click = (): void => {
    if (!this.#held) this.send('rk-tapped');
    this.#held = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-hold-button': RkHoldButton;
  }
}
