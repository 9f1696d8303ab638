import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MessageKey } from '../../i18n/messages.ts';
import { t } from '../../i18n/translate.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';

/** One row that leads to a question. */
export interface JumpRow {
  /** Where it leads: `answers/303`, `member/k3f1/403`. */
  readonly path: string;
  readonly number: string;
  readonly text: string;
  /** The member, or ''. */
  readonly whose: string;
  readonly kind: 'error' | 'warning' | 'confirmed' | 'blank' | 'remark' | 'standing' | 'answered';
}

const MARKS: Readonly<Record<JumpRow['kind'], { icon: IconName; words: MessageKey }>> = {
  error: { icon: 'error', words: 'finding.error' },
  warning: { icon: 'warning', words: 'finding.warning' },
  confirmed: { icon: 'check', words: 'finding.confirmed' },
  blank: { icon: 'circle', words: 'counters.blank' },
  remark: { icon: 'remark', words: 'counters.remarks' },
  standing: { icon: 'standing', words: 'standing.short' },
  answered: { icon: 'check', words: 'counters.answered' },
};

/** Rows that jump to a question, a page of them at a time. Sends `rk-jump` with the path. */
@customElement('rk-finding-list')
export class RkFindingList extends RkElement {
  @property({ attribute: false }) rows: readonly JumpRow[] = [];
  @property() empty = '';
  @state() private shown = 50;

  static override styles = [
    shared,
    buttons,
    css`
      .row {
        display: grid;
        grid-template-columns: auto 3.5rem 1fr;
        gap: var(--rk-gap-s);
        align-items: center;
        width: 100%;
        min-height: 3.25rem;
        padding: 0.4rem 0;
        border: 0;
        border-bottom: 1px solid var(--rk-line);
        background: none;
        text-align: left;
        cursor: pointer;
      }
      .row:hover {
        background: var(--rk-surface-sunk);
      }
      .number {
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
      .text {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .whose {
        display: block;
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-s);
      }
      .error {
        color: var(--rk-error);
      }
      .warning {
        color: var(--rk-warning-mark);
      }
      .remark,
      .standing {
        color: var(--rk-remark);
      }
      .confirmed,
      .answered {
        color: var(--rk-go);
      }
      .blank {
        color: var(--rk-line-strong);
      }
      .empty {
        padding: var(--rk-gap-xl) 0;
        text-align: center;
      }
      .more {
        margin-top: var(--rk-gap-m);
      }
    `,
  ];

  override render() {
    if (this.rows.length === 0) return html`<p class="empty quiet">${this.empty}</p>`;
    const rest = this.rows.length - this.shown;
    return html`<ul>
        ${this.rows.slice(0, this.shown).map((row) => this.#row(row))}
      </ul>
      ${
        rest > 0
          ? html`<button class="button wide more" type="button" @click=${() => (this.shown += 50)}>
              ${t('list.more', { count: rest })}
            </button>`
          : nothing
      }`;
  }

  #row(row: JumpRow) {
    const mark = MARKS[row.kind];
    return html`<li>
      <button class="row" type="button" data-jump=${row.path} @click=${() => this.send('rk-jump', row.path)}>
        <span class=${row.kind}>${icon(mark.icon)}<span class="unseen">${t(mark.words)}</span></span>
        <span class="number">${row.number}</span>
        <span class="text"
          >${row.text}${row.whose === '' ? nothing : html`<span class="whose">${row.whose}</span>`}</span
        >
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-finding-list': RkFindingList;
  }
}
