import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { RkElement } from '../../components/element.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';

/** Where the page stands in the walk through the form. */
export interface FooterState {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The next page is the one that submits. */
  readonly leadsToSubmit: boolean;
  readonly errors: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** Previous and next as officers know them, undo and redo between. Sends `rk-step` (-1, 1) and `rk-undo` (undo, redo). */
@customElement('rk-form-footer')
export class RkFormFooter extends RkElement {
  @property({ attribute: false }) walk!: FooterState;

  static override styles = [
    shared,
    buttons,
    css`
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--rk-gap-xs);
        padding: var(--rk-gap-s);
        padding-bottom: max(var(--rk-gap-s), env(safe-area-inset-bottom));
        border-top: 1px solid var(--rk-line);
        background: var(--rk-surface);
      }
      .onwards {
        flex: 1 1 6.5rem;
        min-width: 0;
        max-width: min(16rem, 100%);
        padding-inline: var(--rk-gap-s);
      }
      .undo {
        display: flex;
      }
      @media (max-width: 30rem) {
        .previous {
          padding-inline: 0.4rem;
          min-width: var(--rk-touch);
        }
        .previous span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (min-width: 30rem) {
        .previous {
          flex: 0 1 12rem;
        }
        .onwards {
          flex: 0 1 12rem;
        }
      }
    `,
  ];

  /** Puts the focus on the way onwards. */
  focusNext(): void {
    this.renderRoot.querySelector<HTMLElement>('.onwards')?.focus();
  }

  override render() {
    const { walk } = this;
    return html`<footer>
      <button class="button previous" type="button" data-previous @click=${() => this.send('rk-step', -1)}>
        ${icon('back')}<span>${t(walk.isFirst ? 'form.to-list' : 'form.previous')}</span>
      </button>
      <span class="undo">
        ${this.#undoButton('undo', walk.canUndo)} ${this.#undoButton('redo', walk.canRedo)}
      </span>
      ${
        walk.isLast
          ? html`<a class="button onwards" href="/" data-done>${t('form.to-list')}</a>`
          : this.#onwards(walk)
      }
    </footer>`;
  }

  #undoButton(way: 'undo' | 'redo', isPossible: boolean) {
    return html`<button
      class="button bare square"
      type="button"
      ?data-undo=${way === 'undo'}
      ?data-redo=${way === 'redo'}
      ?disabled=${!isPossible}
      @click=${() => this.send('rk-undo', way)}
    >
      ${icon(way)}<span class="unseen">${t(`action.${way}`)}</span>
    </button>`;
  }

  /** Enter on the button comes from hands that copy a form: they go on typing. A tap or a click may only want to look. */
  readonly #forward = (event: MouseEvent): void => {
    this.send('rk-step', event.detail === 0 ? 'typing' : 1);
  };

  #onwards({ leadsToSubmit, errors }: FooterState) {
    const words: MessageKey = !leadsToSubmit ? 'form.next' : errors > 0 ? 'form.to-errors' : 'form.to-submit';
    const kind = !leadsToSubmit ? 'main' : errors > 0 ? 'danger full' : 'go';
    return html`<button class="button onwards ${kind}" type="button" data-next @click=${this.#forward}>
      <span>${t(words)}</span>${icon('forward')}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-form-footer': RkFormFooter;
  }
}
