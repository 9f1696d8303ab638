import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import '../../components/sign-out/sign-out.ts';
import { RkElement } from '../../components/element.ts';
import { Watch } from '../../components/watch.ts';
import { ROLES } from '@rukun/core/foundation';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';

/** For roles whose work is not in this version of the app: says so, plainly. */
@customElement('rk-no-work-screen')
export class RkNoWorkScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private isLeaving = false;
  readonly #me = new Watch(this, () => this.app.session.me);

  static override styles = [
    shared,
    buttons,
    css`
      main {
        display: grid;
        justify-items: start;
        gap: var(--rk-gap-m);
        max-width: 36rem;
        margin: 0 auto;
        padding: 3rem var(--rk-gap-l);
      }
    `,
  ];

  override render() {
    const me = this.#me.value;
    if (!me) return nothing;
    return html`<rk-app-bar .app=${this.app}></rk-app-bar>
      <main data-no-work=${me.person.role}>
        <h1>${t('no-work.title')}</h1>
        <p>${t('no-work.lead', { name: me.person.name, role: tx(ROLES[me.person.role]) })}</p>
        <p class="quiet">${t('no-work.next')}</p>
        <button class="button" type="button" data-sign-out @click=${() => (this.isLeaving = true)}>
          ${icon('exit')} ${t('sign-out.title')}
        </button>
        <rk-sign-out
          .app=${this.app}
          .open=${this.isLeaving}
          @rk-close=${() => (this.isLeaving = false)}
        ></rk-sign-out>
      </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-no-work-screen': RkNoWorkScreen;
  }
}
