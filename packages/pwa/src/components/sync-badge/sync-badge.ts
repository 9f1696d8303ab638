import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, FamilyEntry } from '../../app/app.ts';
import { pathOfHousehold } from '../../app/routes.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import { askForRescue } from '../rescue-request.ts';
import { signInNotice } from '../sign-in-request.ts';
import { Watch } from '../watch.ts';

/** Whether there is a link and what still waits; a tap says in plain words what that means and what to do. */
@customElement('rk-sync-badge')
export class RkSyncBadge extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private isOpen = false;
  @state() private hasCheck = false;
  readonly #sync = new Watch(this, () => this.app.sync.state);
  readonly #families = new Watch(this, () => this.app.families.list);

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      :host {
        color: inherit;
      }
      rk-dialog {
        color: var(--rk-ink);
      }
      .badge {
        display: inline-flex;
        align-items: center;
        gap: 0.4rem;
        min-height: var(--rk-touch);
        padding: 0 0.75rem;
        border: 0;
        border-radius: var(--rk-radius);
        background: rgb(255 255 255 / 12%);
        color: inherit;
        font-weight: 600;
        cursor: pointer;
      }
      .waiting,
      .refused {
        min-width: 1.5rem;
        padding: 0 0.4rem;
        border-radius: 999px;
        background: #ffd28a;
        color: #3b2300;
        font-size: var(--rk-text-s);
        line-height: 1.5rem;
        text-align: center;
      }
      .refused {
        background: #ffb4ab;
        color: #4a0805;
        font-weight: 800;
      }
      @media (max-width: 30rem) {
        .badge .word {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
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

  /** What stands only in the panel is loaded when it is opened. */
  readonly #open = async (): Promise<void> => {
    this.isOpen = true;
    await import('./audit-check.ts');
    this.hasCheck = true;
  };

  override render() {
    const sync = this.#sync.value;
    if (!sync) return nothing;
    const isOnline = sync.link === 'online';
    return html`<button
        class="badge"
        type="button"
        data-sync=${sync.link}
        data-waiting=${sync.waiting}
        ?data-running=${sync.running}
        @click=${this.#open}
      >
        ${
          this.#refused().length > 0
            ? html`<span class="refused" data-refused
                ><span aria-hidden="true">!</span><span class="unseen">${t('refused.title')}</span></span
              >`
            : nothing
        }
        ${icon(sync.running ? 'sync' : isOnline ? 'online' : 'offline')}
        <span class="word"
          >${t(sync.running ? 'sync.running-short' : isOnline ? 'sync.online' : 'sync.offline')}</span
        >
        ${
          sync.waiting > 0
            ? html`<span class="waiting numbers"
                >${sync.waiting}<span class="unseen"
                  >${t('sync.waiting', { count: sync.waiting })}</span
                ></span
              >`
            : nothing
        }
      </button>
      <rk-dialog .open=${this.isOpen} .heading=${t('sync.title')} @rk-close=${() => (this.isOpen = false)}>
        ${this.isOpen ? this.#panel() : nothing}
      </rk-dialog>`;
  }

  #refused(): readonly FamilyEntry[] {
    return (this.#families.value ?? []).filter((entry) => entry.ticks.refused !== null);
  }

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

  #panel() {
    const sync = this.#sync.value;
    if (!sync) return nothing;
    const isOnline = sync.link === 'online';
    const refused = this.#refused();
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
          ? html`<div @rk-sign-in=${() => (this.isOpen = false)}>${signInNotice()}</div>`
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
      ${this.hasCheck ? html`<rk-audit-check .app=${this.app}></rk-audit-check>` : nothing}
      ${this.#rescue(sync.waiting + refused.length > 0)}
    </div>`;
  }

  /** The way out without a link: what is not at the centre, carried there by hand. */
  #rescue(hasWaiting: boolean) {
    return html`<div class="rescue" @rk-rescue=${() => (this.isOpen = false)}>
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
    'rk-sync-badge': RkSyncBadge;
  }
}
