import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, FamilyEntry } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/family-list/family-list.ts';
import { progressBar, progressOf, progressStyles } from '../../components/progress-bar/progress-bar.ts';
import { listNotices } from '../../components/list-notices.ts';
import { Watch } from '../../components/watch.ts';
import { STATE_WORDS, STATES } from '@rukun/core/household';
import type { AreaInfo } from '@rukun/core/protocol';
import { formatDay } from '../../i18n/format.ts';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';

/** The areas of the supervisor's officers, or the families of one of them. */
@customElement('rk-overview-screen')
export class RkOverviewScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  /** The area to show the families of; '' for all areas. */
  @property() area = '';
  /** How many edits wait for a decision; null while that is not known. */
  @state() private held: number | null = null;
  readonly #families = new Watch(this, () => this.app.families.list);
  readonly #arriving = new Watch(this, () => this.app.families.arriving);
  readonly #me = new Watch(this, () => this.app.session.me);
  readonly #storage = new Watch(this, () => this.app.storage);
  readonly #update = new Watch(this, () => this.app.update);

  static override styles = [
    shared,
    buttons,
    notices,
    progressStyles,
    css`
      :host {
        min-height: 100dvh;
        background: var(--rk-ground);
      }
      main {
        max-width: 80rem;
        margin: 0 auto;
        padding-bottom: var(--rk-gap-xl);
      }
      .head {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-m);
        padding: var(--rk-gap-l) var(--rk-gap-l) 0;
      }
      .officers {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr));
        gap: var(--rk-gap-xl) var(--rk-gap-l);
        padding: var(--rk-gap-xl) var(--rk-gap-l);
      }
      .areas {
        display: grid;
        gap: var(--rk-gap-m);
        margin-top: var(--rk-gap-m);
      }
      .card {
        display: grid;
        align-content: start;
        gap: var(--rk-gap-m);
        padding: var(--rk-gap-l);
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius-l);
        background: var(--rk-surface);
        color: inherit;
        text-decoration: none;
      }
      .card:hover {
        border-color: var(--rk-primary);
      }
      .title {
        display: flex;
        justify-content: space-between;
        gap: var(--rk-gap-s);
      }
      .title .icon {
        color: var(--rk-ink-soft);
      }
      .states {
        display: flex;
        flex-wrap: wrap;
        gap: 0.35rem;
      }
      a.notice {
        color: inherit;
      }
      .nothing {
        padding: var(--rk-gap-xl) var(--rk-gap-l);
        text-align: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#countHeld();
  }

  /** Without a link nothing is said: what waits there waits on. */
  async #countHeld(): Promise<void> {
    const control = await this.app.held().catch(() => null);
    const held = await control?.list('waiting');
    if (held?.ok) this.held = held.value.edits.length;
  }

  override render() {
    const families = this.#families.value ?? [];
    const areas = this.#me.value?.areas ?? [];
    const chosen = this.area === '' ? null : (areas.find((area) => area.id === this.area) ?? null);
    return html`<rk-app-bar .app=${this.app} .back=${this.area === '' ? '' : '/'}></rk-app-bar>
      <main>
        ${this.#notices()} ${this.area === '' ? this.#all(areas, families) : this.#one(chosen, families)}
      </main>`;
  }

  #notices() {
    return html`<div class="head">
      ${listNotices(this.app, this.#storage.value, this.#update.value, this.#arriving.value)}
    </div>`;
  }

  #all(areas: readonly AreaInfo[], families: readonly FamilyEntry[]) {
    if (areas.length === 0) {
      return html`<div class="nothing">
        <h1>${t('overview.empty')}</h1>
        <p class="quiet">${t('overview.empty-why')}</p>
      </div>`;
    }
    const officers = [...new Set(areas.map((area) => area.officer))];
    return html`<div class="head">
        <h1>${t('overview.title')}</h1>
        ${this.#heldNotice()} ${progressBar(progressOf(families))}
      </div>
      <div class="officers">
        ${officers.map((officer) => {
          const own = areas.filter((area) => area.officer === officer);
          const person = officer === null ? null : this.app.session.personOf(officer);
          return html`<section data-officer=${officer ?? ''}>
            <h2 class="officer">
              ${icon('person')} ${person?.name ?? t('board.nobody')}
              <span class="small quiet">${person?.code ?? ''}</span>
            </h2>
            <div class="areas">
              ${own.map((area) =>
                this.#card(
                  area,
                  families.filter((each) => each.area === area.id),
                ),
              )}
            </div>
          </section>`;
        })}
      </div>`;
  }

  #heldNotice() {
    const count = this.held ?? 0;
    if (count === 0) return nothing;
    return html`<a class="notice warning" href="/tertahan" data-held=${count}>
      ${icon('warning')}
      <span class="fill"><strong>${t('menu.held')}</strong> · ${t('overview.held', { count })}</span>
      ${icon('forward')}
    </a>`;
  }

  #card(area: AreaInfo, families: readonly FamilyEntry[]) {
    const standing = families.filter((entry) => entry.standing > 0).length;
    return html`<a class="card" href=${`/wilayah/${area.id}`} data-area=${area.id}>
      <span class="title">
        <span>
          <strong>${area.name}</strong>
          <span class="small quiet">${area.village}</span><br />
          <span class="small quiet numbers"
            >${area.id}${area.codesAreMadeUp ? ` · ${t('area.made-up')}` : ''}</span
          >
        </span>
        ${icon('forward')}
      </span>
      ${progressBar(progressOf(families))}
      <span class="states">
        ${STATES.map((state) => {
          const count = families.filter((entry) => entry.state === state).length;
          return count === 0
            ? nothing
            : html`<span class="pill ${state}" data-count=${state}>${tx(STATE_WORDS[state])} ${count}</span>`;
        })}
        ${standing > 0 ? html`<span class="pill submitted" data-count="standing">${icon('standing')} ${t('overview.standing', { count: standing })}</span>` : nothing}
      </span>
      ${area.dueDate === '' ? nothing : html`<span class="small quiet">${t('board.due')}: ${formatDay(area.dueDate)}</span>`}
    </a>`;
  }

  #one(area: AreaInfo | null, families: readonly FamilyEntry[]) {
    const own = families.filter((entry) => entry.area === this.area);
    const officer = area?.officer ? this.app.session.nameOf(area.officer) : '';
    return html`<div class="head">
        <h1>${area ? area.name : this.area}</h1>
        <p class="quiet">${[area?.village, officer].filter(Boolean).join(' · ')}</p>
        ${progressBar(progressOf(own))}
      </div>
      <rk-family-list .name=${this.area} .entries=${own} .session=${this.app.session}></rk-family-list>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-overview-screen': RkOverviewScreen;
  }
}
