import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { App, FamilyEntry } from '../../app/app.ts';
import { pathOfHousehold } from '../../app/routes.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { askForRescue } from '../rescue-request.ts';
import { signInNotice } from '../sign-in-request.ts';
import { Watch } from '../watch.ts';
import './audit-check.ts';

/** What waits, why, and what to do: in plain words. `rk-close`: what was chosen needs the place. */
@customElement('rk-sync-panel')
export class RkSyncPanel extends RkElement {
  @property({ attribute: false }) app!: App;
  readonly #sync = new Watch(this, () => this.app.sync.state);
  readonly #families = new Watch(this, () => this.app.families.list);

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      .panel {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-l);
      }
      .rescue {
        display: grid;
        gap: var(--rk-gap-s);
        padding-top: var(--rk-gap-l);
        border-top: 1px solid var(--rk-line);
      }
      .notice ul {
        display: grid;
        flex: 1 0 100%;
        gap: var(--rk-gap-s);
      }
      .notice .button {
        justify-content: space-between;
        text-align: left;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--rk-gap-s) var(--rk-gap-l);
      }
      dt {
        color: var(--rk-ink-soft);
      }
      dd {
        font-weight: 600;
      }
    `,
  ];

  readonly #close = (): void => this.send('rk-close');

  /** What the centre did not take, family by family: waiting alone does not help there. */
  #refusedNotice(families: readonly FamilyEntry[]) {
    return html`<div class="notice error">
      ${icon('error')}
      <div class="fill">
        <p><strong>${t('refused.title')}</strong> ${t('refused.open')}</p>
        <p class="small">${t('refused.kept')}</p>
      </div>
      <ul>
        ${families.map(
          (entry) =>
            html`<li>
              <a
                class="button wide"
                href=${pathOfHousehold(entry.document)}
                data-refused-family=${entry.document}
                >${entry.head || t('family.nameless')} ${icon('forward')}</a
              >
            </li>`,
        )}
      </ul>
    </div>`;
  }

  override render() {
    const sync = this.#sync.value;
    if (!sync) return nothing;
    const isOnline = sync.link === 'online';
    const refused = (this.#families.value ?? []).filter((entry) => entry.ticks.refused !== null);
    const isStuck = refused.length > 0 && sync.waiting <= refused.length;
    const kind = sync.failure ? 'error' : !isOnline ? 'warning' : sync.waiting > 0 ? 'info' : 'good';
    const words = sync.failure
      ? t(`error.${sync.failure}`)
      : t(!isOnline ? 'sync.offline-why' : sync.waiting > 0 ? 'sync.waiting-why' : 'sync.all-there');
    return html`<div class="panel">
      ${
        (isStuck && isOnline && !sync.failure) || sync.failure === 'unauthenticated'
          ? nothing
          : html`<div class="notice ${kind}">
              ${icon(kind === 'good' ? 'check' : kind)}
              <p class="fill">${words}</p>
            </div>`
      }
      ${
        sync.failure === 'unauthenticated'
          ? html`<div @rk-sign-in=${this.#close}>${signInNotice()}</div>`
          : nothing
      }
      ${refused.length > 0 ? this.#refusedNotice(refused) : nothing}
      <dl>
        <dt>${t('sync.link')}</dt>
        <dd>${t(isOnline ? 'sync.online' : 'sync.offline')}</dd>
        <dt>${t('sync.waits')}</dt>
        <dd class="numbers">${t('sync.waiting', { count: sync.waiting })}</dd>
        <dt>${t('sync.last')}</dt>
        <dd>${sync.lastAt === null ? t('sync.never') : formatMoment(sync.lastAt)}</dd>
      </dl>
      <button
        class="button main"
        type="button"
        data-sync-now
        ?disabled=${sync.running}
        @click=${() => this.app.sync.now()}
      >
        ${icon('sync')} ${t(sync.running ? 'sync.running' : 'sync.now')}
      </button>
      <p class="small quiet">${t('sync.automatic')}</p>
      <rk-audit-check .app=${this.app}></rk-audit-check>
      ${this.#rescue(sync.waiting + refused.length > 0)}
    </div>`;
  }

  /** The way out without a link: what is not at the centre, carried there by hand. */
  #rescue(hasWaiting: boolean) {
    return html`<div class="rescue" @rk-rescue=${this.#close}>
      ${
        hasWaiting
          ? html`<button class="button" type="button" data-rescue="write" @click=${askForRescue('write')}>
              ${icon('save')} ${t('rescue.write')}
            </button>`
          : nothing
      }
      <button class="button bare" type="button" data-rescue="read" @click=${askForRescue('read')}>
        ${t('rescue.read')}
      </button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-sync-panel': RkSyncPanel;
  }
}
