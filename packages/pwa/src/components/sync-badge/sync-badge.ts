import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, FamilyEntry } from '../../app/app.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import { Watch } from '../watch.ts';

/** Whether there is a link and what still waits; a tap says in plain words what that means and what to do. */
@customElement('rk-sync-badge')
export class RkSyncBadge extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private isOpen = false;
  @state() private hasPanel = false;
  readonly #sync = new Watch(this, () => this.app.sync.state);
  readonly #families = new Watch(this, () => this.app.families.list);

  static override styles = [
    shared,
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
    `,
  ];

  /** What stands only in the panel is loaded when it is opened. */
  readonly #open = async (): Promise<void> => {
    this.isOpen = true;
    await import('./sync-panel.ts');
    this.hasPanel = true;
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
        ${
          this.isOpen && this.hasPanel
            ? html`<rk-sync-panel .app=${this.app} @rk-close=${() => (this.isOpen = false)}></rk-sync-panel>`
            : nothing
        }
      </rk-dialog>`;
  }

  #refused(): readonly FamilyEntry[] {
    return (this.#families.value ?? []).filter((entry) => entry.ticks.refused !== null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-sync-badge': RkSyncBadge;
  }
}
