import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OpenHousehold } from '../../../app/app.ts';
import { RkElement } from '../../../components/element.ts';
import { Watch } from '../../../components/watch.ts';
import type { ErrorCode } from '@rukun/core/foundation';
import { t } from '../../../i18n/translate.ts';
import { icon } from '../../../styles/icons.ts';
import { buttons, notices, shared } from '../../../styles/shared.ts';
import { refusedThings } from './refused-things.ts';

/** Says that the centre did not take something of this family, and leads to what and why. Sends `rk-refused`. */
@customElement('rk-refused-notice')
export class RkRefusedNotice extends RkElement {
  @property({ attribute: false }) open!: OpenHousehold;
  readonly #ticks = new Watch(this, () => this.open.ticks);
  readonly #refused = new Watch(this, () => this.open.refused);
  readonly #keptBack = new Watch(this, () => this.open.keptBack);
  readonly #mayWrite = new Watch(this, () => this.open.mayWrite);

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      .notice {
        border-width: 0 0 1px;
        border-radius: 0;
        padding: var(--rk-gap-m) var(--rk-gap-l);
      }
      .row {
        display: flex;
        align-items: center;
        gap: var(--rk-gap-s);
        width: 100%;
        min-height: var(--rk-touch);
        padding: var(--rk-gap-s) var(--rk-gap-l);
        border: 0;
        border-bottom: 1px solid currentcolor;
        background: var(--rk-error-soft);
        color: var(--rk-error);
        text-align: left;
        cursor: pointer;
      }
      .row:hover strong {
        text-decoration: underline;
      }
      .row:focus-visible {
        outline-offset: -3px;
      }
      .words {
        flex: 1;
        min-width: 0;
      }
    `,
  ];

  override render() {
    const code = this.#ticks.value?.refused ?? null;
    if (code === null) return nothing;
    const keptBack = this.#keptBack.value ?? null;
    const count = refusedThings(this.#refused.value ?? []).length;
    return html`${keptBack ? this.#kept(keptBack) : nothing}
    ${count > 0 || !keptBack ? this.#listed(code, count) : nothing}`;
  }

  #listed(code: ErrorCode, count: number) {
    return html`<div role="status">
      <button
        class="row"
        type="button"
        aria-haspopup="dialog"
        data-refused=${code}
        data-count=${count}
        @click=${this.#ask}
      >
        ${icon('error')}
        <span class="words"
          ><strong>${count > 0 ? t('refused.count', { count }) : t('refused.title')}</strong>
          <span class="small">${t('refused.look')}</span></span
        >
        ${icon('forward')}
      </button>
    </div>`;
  }

  #kept(code: ErrorCode) {
    return html`<div class="notice error" role="alert" data-refused=${code} data-kept-back>
      ${icon('error')}
      <div class="fill">
        <p><strong>${t('refused.whole')}</strong> ${t(`error.${code}`)}</p>
        <p class="small">${t('refused.kept')} ${this.#mayWrite.value === true ? t('refused.again') : ''}</p>
      </div>
      <div class="ways">
        <button
          class="button danger"
          type="button"
          aria-haspopup="dialog"
          data-refused-what
          @click=${this.#ask}
        >
          ${t('refused.what')} ${icon('forward')}
        </button>
      </div>
    </div>`;
  }

  readonly #ask = (): void => {
    this.send('rk-refused');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-refused-notice': RkRefusedNotice;
  }
}
