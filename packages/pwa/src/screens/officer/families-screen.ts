import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { go, pathOfHousehold } from '../../app/routes.ts';
import '../../components/app-bar/app-bar.ts';
import '../../components/dialog/dialog.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/family-list/family-list.ts';
import { progressBar, progressOf, progressStyles } from '../../components/progress-bar/progress-bar.ts';
import { listNotices } from '../../components/list-notices.ts';
import { Watch } from '../../components/watch.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';

/** The officer's families. */
@customElement('rk-families-screen')
export class RkFamiliesScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private isAdding = false;
  @state() private addingFailed = false;
  readonly #families = new Watch(this, () => this.app.families.list);
  readonly #arriving = new Watch(this, () => this.app.families.arriving);
  readonly #storage = new Watch(this, () => this.app.storage);
  readonly #update = new Watch(this, () => this.app.update);
  readonly #me = new Watch(this, () => this.app.session.me);

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    progressStyles,
    css`
      :host {
        min-height: 100dvh;
        background: var(--rk-ground);
      }
      main {
        max-width: 64rem;
        margin: 0 auto;
        padding-bottom: 6rem;
      }
      .head {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-m);
        padding: var(--rk-gap-l) var(--rk-gap-l) 0;
      }
      .add {
        position: fixed;
        right: var(--rk-gap-l);
        bottom: max(var(--rk-gap-l), env(safe-area-inset-bottom));
        z-index: 1;
        min-height: 3.5rem;
        max-width: calc(100vw - 2 * var(--rk-gap-l));
        border-radius: 999px;
        padding-inline: 1.25rem;
        box-shadow: var(--rk-shadow);
      }
      .areas {
        display: grid;
        gap: var(--rk-gap-s);
      }
      .areas .button {
        justify-content: start;
        text-align: left;
      }
      .areas .small {
        display: block;
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const families = this.#families.value ?? [];
    const arriving = this.#arriving.value;
    return html`<rk-app-bar .app=${this.app}></rk-app-bar>
      <main>
        <div class="head">
          ${listNotices(this.app, this.#storage.value, this.#update.value, arriving)}
          <h1>${t('list.title')}</h1>
          ${families.length > 0 ? progressBar(progressOf(families)) : nothing}
        </div>
        ${
          families.length === 0 && arriving
            ? nothing
            : html`<rk-family-list .entries=${families} .session=${this.app.session}></rk-family-list>`
        }
      </main>
      <button class="button main add" type="button" data-add-family @click=${() => (this.isAdding = true)}>
        ${icon('plus')} ${t('list.add')}
      </button>
      ${this.#dialog()}`;
  }

  #dialog() {
    const areas = this.#me.value?.areas ?? [];
    return html`<rk-dialog
      .open=${this.isAdding}
      .heading=${t('list.add')}
      @rk-close=${() => (this.isAdding = false)}
    >
      <div class="areas">
        <p>${t(areas.length === 0 ? 'list.no-areas' : 'list.add-lead')}</p>
        ${
          this.addingFailed
            ? html`<div class="notice error" role="alert">
                ${icon('error')}
                <p class="fill">${t('save.failed')}</p>
              </div>`
            : nothing
        }
        ${areas.map(
          (area) =>
            html`<button
              class="button"
              type="button"
              data-add-in=${area.id}
              @click=${() => void this.#add(area.id)}
            >
              ${icon('place')}
              <span
                >${area.name}
                <span class="small quiet"
                  >${area.village} ·
                  <span class="numbers">${area.id}</span
                  >${area.codesAreMadeUp ? ` · ${t('area.made-up')}` : ''}</span
                ></span
              >
            </button>`,
        )}
      </div>
    </rk-dialog>`;
  }

  async #add(area: string): Promise<void> {
    this.addingFailed = false;
    try {
      const open = await this.app.add(area);
      await open.settled();
      await open.close();
      this.isAdding = false;
      go(pathOfHousehold(open.document));
    } catch {
      this.addingFailed = true;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-families-screen': RkFamiliesScreen;
  }
}
