import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { go } from '../../app/routes.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';

/** Asks before signing out, and warns while edits are not at the centre yet. Sends `rk-close` when it is over. */
@customElement('rk-sign-out')
export class RkSignOut extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ type: Boolean }) open = false;
  @state() private unstored = 0;

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      .asking {
        display: grid;
        gap: var(--rk-gap-m);
      }
    `,
  ];

  override render() {
    return html`<rk-dialog .open=${this.open} .heading=${t('sign-out.title')} @rk-close=${this.#over}>
      <div class="asking">
        ${
          this.unstored > 0
            ? html`<div class="notice warning" role="alert" data-unstored=${this.unstored}>
                ${icon('warning')}
                <p class="fill">${t('sign-out.unstored', { count: this.unstored })}</p>
              </div>`
            : html`<p>${t('sign-out.lead')}</p>`
        }
        ${
          this.unstored > 0
            ? html`<button class="button main" type="button" @click=${this.#syncFirst}>
                ${icon('sync')} ${t('sign-out.sync-first')}
              </button>`
            : nothing
        }
        <button class="button danger" type="button" data-sign-out-confirm @click=${this.#signOut}>
          ${t(this.unstored > 0 ? 'sign-out.anyway' : 'sign-out.confirm')}
        </button>
        <button class="button" type="button" @click=${this.#over}>${t('action.cancel')}</button>
      </div>
    </rk-dialog>`;
  }

  readonly #signOut = async (): Promise<void> => {
    const { unstored, done } = await this.app.session.signOut(this.unstored > 0);
    if (!done) {
      this.unstored = unstored;
      return;
    }
    this.#over();
    go('/', true);
  };

  readonly #syncFirst = (): void => {
    this.app.sync.now();
    this.#over();
  };

  readonly #over = (): void => {
    this.unstored = 0;
    this.send('rk-close');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-sign-out': RkSignOut;
  }
}
