import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

/** A modal sheet on the browser's own dialog: Escape and a tap beside it close it. Sends `rk-close`. */
@customElement('rk-dialog')
export class RkDialog extends RkElement {
  @property({ type: Boolean, reflect: true }) open = false;
  @property() heading = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  static override styles = [
    shared,
    buttons,
    css`
      dialog {
        width: min(36rem, 100vw);
        max-width: 100vw;
        max-height: min(44rem, 92dvh);
        margin: auto auto 0;
        padding: 0;
        border: 0;
        border-radius: var(--rk-radius-l) var(--rk-radius-l) 0 0;
        background: var(--rk-surface);
        color: var(--rk-ink);
        box-shadow: var(--rk-shadow);
      }
      dialog::backdrop {
        background: rgb(10 18 26 / 55%);
      }
      @media (min-width: 48rem) {
        dialog {
          margin: auto;
          border-radius: var(--rk-radius-l);
        }
      }
      header {
        position: sticky;
        top: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        gap: var(--rk-gap-s);
        padding: var(--rk-gap-s) var(--rk-gap-s) var(--rk-gap-s) var(--rk-gap-l);
        border-bottom: 1px solid var(--rk-line);
        background: var(--rk-surface);
      }
      h2 {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .body {
        padding: var(--rk-gap-l);
      }
    `,
  ];

  override updated(): void {
    if (this.open && !this.dialog.open) this.dialog.showModal();
    if (!this.open && this.dialog.open) this.dialog.close();
  }

  override render() {
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @click=${this.#clicked}>
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button class="button bare square" type="button" @click=${() => this.dialog.close()}>
          ${icon('close')}<span class="unseen">${t('action.close')}</span>
        </button>
      </header>
      <div class="body">${this.open ? html`<slot></slot>` : ''}</div>
    </dialog>`;
  }

  readonly #closed = (): void => {
    if (!this.open) return;
    this.open = false;
    this.send('rk-close');
  };

  readonly #clicked = (event: MouseEvent): void => {
    if (event.composedPath()[0] === this.dialog) this.dialog.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-dialog': RkDialog;
  }
}
