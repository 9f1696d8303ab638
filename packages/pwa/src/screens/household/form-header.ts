import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { App, OpenHousehold } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import { askForRescue } from '../../components/rescue-request.ts';
import { ticks, ticksStyles } from '../../components/ticks/ticks.ts';
import { Watch } from '../../components/watch.ts';
import { STATE_WORDS } from '@rukun/core/household';
import { initials } from '../../i18n/format.ts';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import type { FormModel } from './form-model.ts';

/** Who the family is, whether everything is stored, who else is here. Sends `rk-menu`. */
@customElement('rk-form-header')
export class RkFormHeader extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) model!: FormModel;
  readonly #save = new Watch(this, () => this.open.save);
  readonly #ticks = new Watch(this, () => this.open.ticks);
  readonly #live = new Watch(this, () => this.open.live);
  readonly #present = new Watch(this, () => this.open.present);

  static override styles = [
    shared,
    buttons,
    notices,
    ticksStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 var(--rk-gap-s);
        min-height: 3.75rem;
        padding: 0 var(--rk-gap-m) 0 var(--rk-gap-xs);
        background: var(--rk-head);
        color: #ffffff;
      }
      .menu {
        color: inherit;
      }
      .menu:hover {
        background: rgb(255 255 255 / 15%);
      }
      .who {
        flex: 1 1 7.5rem;
        min-width: 0;
      }
      h1 {
        overflow: hidden;
        font-size: var(--rk-text-l);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .line {
        overflow: hidden;
        font-size: var(--rk-text-s);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      [data-save]:not(:empty)::after {
        content: ' · ';
      }
      .right {
        display: flex;
        align-items: center;
        gap: var(--rk-gap-s);
      }
      .avatar {
        display: grid;
        place-items: center;
        width: 2.25rem;
        height: 2.25rem;
        border: 2px solid #7be0c9;
        border-radius: 50%;
        background: #ffffff;
        color: #0f2d4f;
        font-size: var(--rk-text-s);
        font-weight: 700;
      }
      .tick {
        color: rgb(255 255 255 / 50%);
      }
      .tick[data-on] {
        color: #ffffff;
      }
      .tick .done {
        background: #7be0c9;
        color: #0f2d4f;
      }
      .failed {
        border-radius: 0;
      }
      @media (max-width: 30rem) {
        .right {
          gap: 0.35rem;
        }
        [data-live] {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (min-width: 64rem) {
        .menu {
          display: none;
        }
        header {
          padding-left: var(--rk-gap-l);
        }
      }
    `,
  ];

  override render() {
    const { model } = this;
    const { answers } = model.snapshot;
    const name = headName(model);
    const area = this.app.session.areaOf(model.snapshot.area);
    const numbers = [answers['109'], answers['110']].filter((each) => typeof each === 'number').join('/');
    const state = this.#ticks.value;
    const stateWords = model.state === 'draft' ? '' : tx(STATE_WORDS[model.state]);
    return html`<header>
        <button class="button bare square menu" type="button" data-menu @click=${() => this.send('rk-menu')}>
          ${icon('menu')}<span class="unseen">${t('drawer.open')}</span>
        </button>
        <div class="who">
          <h1 title=${name}>${name}</h1>
          <div class="line">
            <span role="status" data-save=${this.#save.value?.state ?? ''}>${this.#saveWords()}</span
            ><span>${[numbers, area?.name, stateWords].filter(Boolean).join(' · ')}</span>
          </div>
        </div>
        <div class="right">
          ${(this.#present.value ?? []).map(
            ({ person }) =>
              html`<span
                class="avatar"
                data-present=${person.id}
                title=${t('presence.open', { name: person.name })}
                >${initials(person.name)}<span class="unseen"
                  >${t('presence.open', { name: person.name })}</span
                ></span
              >`,
          )}
          ${
            this.#live.value === 'live'
              ? html`<span data-live title=${t('live.live')}
                  >${icon('online')}<span class="unseen">${t('live.live')}</span></span
                >`
              : nothing
          }
          ${state ? ticks(state) : nothing}
        </div>
      </header>
      ${this.#failure()}`;
  }

  #saveWords(): string {
    const save = this.#save.value;
    if (save?.state === 'stored') return t('save.stored');
    return save?.state === 'storing' ? t('save.storing') : '';
  }

  #failure() {
    const save = this.#save.value;
    if (save?.state !== 'failed') return nothing;
    return html`<div class="notice error failed" role="alert" data-save-failed>
      ${icon('error')}
      <p class="fill">${t(save.reason === 'full' ? 'save.full' : 'save.failed')}</p>
      <button class="button danger" type="button" data-retry @click=${() => save.retry()}>
        ${t('action.retry')}
      </button>
      <button class="button danger" type="button" data-rescue="write" @click=${askForRescue('write')}>
        ${icon('save')} ${t('rescue.write')}
      </button>
    </div>`;
  }
}

/** The name a family goes by: 108, or the one of the list. */
export function headName(model: Pick<FormModel, 'snapshot'>): string {
  const name = model.snapshot.answers['108'];
  if (model.snapshot.erased?.isWhole === true) return t('family.erased');
  if (typeof name === 'string' && name.trim() !== '') return name;
  return model.snapshot.prelistHead ?? t('family.nameless');
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-form-header': RkFormHeader;
  }
}
