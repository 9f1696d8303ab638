import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { ROLES } from '@rukun/core/foundation';
import type { PersonEntry } from '@rukun/core/people';
import type { App } from '../../app/app.ts';
import '../../components/dialog/dialog.ts';
import { RkElement } from '../../components/element.ts';
import { tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import './device-list.ts';
import type { RkDeviceList } from './device-list.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';
import './person-form.ts';
import { seenWords, stateOf, statePill } from './person-state.ts';
import './reset-password.ts';

/** One person: who it is, the devices, the password, and for administrators the role. Sends `rk-close` and `rk-changed`. */
@customElement('rk-person-dialog')
export class RkPersonDialog extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) person!: PersonEntry;
  @query('rk-device-list') private devices!: RkDeviceList;

  static override styles = [
    shared,
    buttons,
    notices,
    peopleStyles,
    css`
      :host {
        min-height: 0;
      }
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-s);
      }
      .all {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-xl);
        overflow-wrap: anywhere;
      }
    `,
  ];

  override render() {
    const { app, person } = this;
    const isAdministrator = app.session.me.get()?.person.role === 'administrator';
    return html`<rk-dialog open .heading=${person.name}>
      <div class="all" data-person-open=${person.userName}>
        <section>
          <p>${statePill(person)}</p>
          <p>${[tx(ROLES[person.role]), person.code, person.area].filter(Boolean).join(' · ')}</p>
          <p class="small quiet">${tp('user-name')}: <strong>${person.userName}</strong></p>
          <p class="small quiet">${seenWords(person)}</p>
          ${this.#notice()}
        </section>
        ${
          person.mayManage
            ? html`<section>
                <h3>${icon('phone')} ${tp('devices')}</h3>
                <rk-device-list .app=${app} .person=${person.id}></rk-device-list>
              </section>`
            : nothing
        }
        ${
          person.mayManage && person.endedAt === null
            ? html`<section>
                <h3>${tp('password')}</h3>
                <rk-reset-password
                  .app=${app}
                  .person=${person}
                  @rk-changed=${this.#reset}
                ></rk-reset-password>
              </section>`
            : nothing
        }
        ${isAdministrator ? html`<rk-person-form .app=${app} .person=${person}></rk-person-form>` : nothing}
      </div>
    </rk-dialog>`;
  }

  #notice() {
    const { person } = this;
    const state = stateOf(person);
    if (person.role === 'coordinator' && person.area === '' && person.endedAt === null)
      return html`<p class="small" data-area-none>${tp('area-none')}</p>`;
    if (state === 'locked')
      return html`<p class="small">${tp('locked-for', { minutes: Math.ceil(person.waitMs / 60_000) })}</p>`;
    return state === 'one-time' ? html`<p class="small">${tp('one-time-means')}</p>` : nothing;
  }

  /** All sessions have ended with it. */
  readonly #reset = (): void => {
    void this.devices.load();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-person-dialog': RkPersonDialog;
  }
}
