import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../../i18n/translate.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

export interface DrawerRow {
  readonly page: string;
  readonly name: string;
  readonly detail: string;
  readonly isNested: boolean;
  readonly mark: 'complete' | 'blank' | 'error' | 'warning' | 'none';
}

const MARKS: Readonly<Record<DrawerRow['mark'], IconName | null>> = {
  complete: 'check',
  blank: 'circle',
  error: 'error',
  warning: 'warning',
  none: null,
};

/** The list of blocks and members at the left, with the state of each page. Sends `rk-open-page`. */
@customElement('rk-drawer')
export class RkDrawer extends RkElement {
  @property({ attribute: false }) rows: readonly DrawerRow[] = [];
  @property() current = '';

  static override styles = [
    shared,
    css`
      button {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        gap: var(--rk-gap-s);
        width: 100%;
        min-height: var(--rk-touch);
        padding: 0.3rem var(--rk-gap-l);
        border: 0;
        border-bottom: 1px solid var(--rk-line);
        background: none;
        text-align: left;
        line-height: 1.3;
        cursor: pointer;
      }
      button:hover {
        background: var(--rk-surface-sunk);
      }
      .nested {
        padding-left: 2.25rem;
      }
      .name {
        display: block;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .nested .name {
        font-weight: 400;
      }
      .detail {
        display: block;
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-s);
      }
      .complete .icon {
        color: var(--rk-go);
      }
      .blank .icon {
        color: var(--rk-line-strong);
      }
      .error .icon,
      .error .detail {
        color: var(--rk-error);
      }
      .warning .icon {
        color: var(--rk-warning-mark);
      }
      button[aria-current] {
        background: var(--rk-primary);
        color: var(--rk-on-primary);
      }
      button[aria-current] .icon,
      button[aria-current] .detail {
        color: var(--rk-on-primary);
        --rk-surface: var(--rk-primary);
      }
      :focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  override render() {
    return html`<nav aria-label=${t('drawer.title')}>
      <ul>
        ${this.rows.map((row) => {
          const mark = MARKS[row.mark];
          return html`<li>
            <button
              class="${row.mark} ${row.isNested ? 'nested' : ''}"
              type="button"
              data-open-page=${row.page}
              aria-current=${row.page === this.current ? 'page' : nothing}
              @click=${() => this.send('rk-open-page', row.page)}
            >
              <span><span class="name">${row.name}</span><span class="detail">${row.detail}</span></span>
              ${mark ? icon(mark) : ''}
            </button>
          </li>`;
        })}
      </ul>
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-drawer': RkDrawer;
  }
}
