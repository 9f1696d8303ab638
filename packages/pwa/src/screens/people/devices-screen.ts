import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import { Watch } from '../../components/watch.ts';
import { t } from '../../i18n/translate.ts';
import { shared } from '../../styles/shared.ts';
import './device-list.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';

/** The devices somebody signed in on, to sign out one that is lost. */
@customElement('rk-devices-screen')
export class RkDevicesScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  readonly #me = new Watch(this, () => this.app.session.me);

  static override styles = [shared, peopleStyles];

  override render() {
    const me = this.#me.value;
    if (!me) return nothing;
    return html`<rk-app-bar .app=${this.app} .back=${'/'}></rk-app-bar>
      <main data-own-devices>
        <div>
          <h1>${t('menu.devices')}</h1>
          <p class="quiet">${tp('devices-lead')}</p>
        </div>
        <rk-device-list .app=${this.app} .person=${me.person.id} own></rk-device-list>
      </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-devices-screen': RkDevicesScreen;
  }
}
