import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../../i18n/translate.ts';
import { StoreFailure } from '../../stores/store-failure.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

/** Says so, wherever one is, when the device refused to write and no screen took care of it: nothing fails in silence. */
@customElement('rk-store-alarm')
export class RkStoreAlarm extends RkElement {
  @state() private reason: StoreFailure['reason'] | null = null;

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      .notice {
        position: fixed;
        inset: auto var(--rk-gap-m) var(--rk-gap-m);
        z-index: 100;
        align-items: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('error', this.#heard);
    addEventListener('unhandledrejection', this.#heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('error', this.#heard);
    removeEventListener('unhandledrejection', this.#heard);
  }

  override render() {
    if (this.reason === null) return nothing;
    return html`<div class="notice error" role="alert" data-store-alarm=${this.reason}>
      ${icon('error')}
      <p class="fill">${t(this.reason === 'full' ? 'save.full' : 'save.failed')}</p>
      <button class="button" type="button" @click=${() => (this.reason = null)}>${t('action.close')}</button>
    </div>`;
  }

  readonly #heard = (event: ErrorEvent | PromiseRejectionEvent): void => {
    const failure: unknown = event instanceof ErrorEvent ? event.error : event.reason;
    if (!(failure instanceof StoreFailure)) return;
    event.preventDefault();
    this.reason = failure.reason;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-store-alarm': RkStoreAlarm;
  }
}
