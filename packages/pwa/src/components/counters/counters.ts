import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

export type Counter = 'answered' | 'blank' | 'errors' | 'remarks' | 'standing';

export interface CounterValues {
  readonly answered: number;
  readonly blank: number;
  readonly errors: number;
  readonly warnings: number;
  readonly remarks: number;
  readonly standing: number;
}

/** The four counters officers know, always in view, and a fifth while answers stand side by side. Sends `rk-counter`. */
@customElement('rk-counters')
export class RkCounters extends RkElement {
  @property({ attribute: false }) values: CounterValues = {
    answered: 0,
    blank: 0,
    errors: 0,
    warnings: 0,
    remarks: 0,
    standing: 0,
  };

  static override styles = [
    shared,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        background: var(--rk-surface);
        border-bottom: 1px solid var(--rk-line);
      }
      button {
        display: flex;
        flex: 1 1 4.5rem;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        min-width: 0;
        min-height: 3.25rem;
        padding: 0.2rem;
        border: 0;
        border-left: 1px solid var(--rk-line);
        background: none;
        line-height: 1.2;
        cursor: pointer;
      }
      button:first-child {
        border-left: 0;
      }
      button:hover {
        background: var(--rk-surface-sunk);
      }
      .value {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        font-size: var(--rk-text-l);
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
      .value .icon {
        width: 1rem;
        height: 1rem;
      }
      .name {
        max-width: 100%;
        color: var(--rk-ink-soft);
        font-size: 0.8125rem;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .answered .value {
        color: var(--rk-go);
      }
      .errors.some .value {
        color: var(--rk-error);
      }
      .warnings {
        display: inline-flex;
        align-items: center;
        gap: 0.15rem;
        color: var(--rk-warning);
        font-size: var(--rk-text-s);
      }
      .warnings .icon {
        color: var(--rk-warning-mark);
      }
      .remarks.some .value {
        color: var(--rk-remark);
      }
      .standing {
        flex: 1 0 100%;
        flex-direction: row;
        gap: var(--rk-gap-s);
        min-height: var(--rk-touch);
        border-top: 1px solid var(--rk-line);
        border-left: 0;
        background: var(--rk-remark-soft);
        color: var(--rk-remark);
        font-weight: 700;
      }
    `,
  ];

  override render() {
    const { values } = this;
    return html`<nav aria-label=${t('counters.title')}>
      ${this.#counter('answered', values.answered)} ${this.#counter('blank', values.blank)}
      ${this.#counter(
        'errors',
        values.errors,
        values.warnings > 0
          ? html`<span class="warnings" title=${t('page.warnings', { count: values.warnings })}
              >${icon('warning')}${values.warnings}<span class="unseen">${t('finding.warning')}</span></span
            >`
          : nothing,
      )}
      ${this.#counter('remarks', values.remarks)}
      ${
        values.standing > 0
          ? html`<button
              class="standing"
              type="button"
              data-counter="standing"
              @click=${() => this.send('rk-counter', 'standing')}
            >
              ${icon('standing')} ${t('counters.standing', { count: values.standing })}
            </button>`
          : nothing
      }
    </nav>`;
  }

  #counter(name: Exclude<Counter, 'standing'>, count: number, more: unknown = nothing) {
    return html`<button
      class="${name} ${count > 0 ? 'some' : ''}"
      type="button"
      data-counter=${name}
      data-count=${count}
      @click=${() => this.send('rk-counter', name)}
    >
      <span class="value">${name === 'errors' && count > 0 ? icon('error') : nothing}${count}${more}</span>
      <span class="name">${t(`counters.${name}`)}</span>
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-counters': RkCounters;
  }
}
