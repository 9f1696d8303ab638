import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Session } from '../../../app/app.ts';
import { RkElement } from '../../../components/element.ts';
import { formatMoment } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import { icon } from '../../../styles/icons.ts';
import { notices, shared } from '../../../styles/shared.ts';
import { authorOf, type HistoryRow } from './history-rows.ts';
import { th } from './history-words.ts';
import { historyStyles } from './history.styles.ts';

/** Whether this entry is the answer now, or stands beside it; in words, never by colour alone. */
export function markOf({ mark }: HistoryRow) {
  if (mark === null) return nothing;
  return html`<span class="pill ${mark}" data-mark=${mark}
    >${mark === 'standing' ? icon('standing') : icon('check')} ${th(`mark-${mark}`)}</span
  >`;
}

/** Every value one question ever had, newest first: what, by whom, when on the device and at the centre, and what was before. */
@customElement('rk-question-history')
export class RkQuestionHistory extends RkElement {
  @property({ attribute: false }) rows: readonly HistoryRow[] = [];
  @property({ attribute: false }) session!: Session;
  /** The member the question is about, or ''. */
  @property() whose = '';

  static override styles = [shared, notices, historyStyles];

  override render() {
    const [first] = this.rows;
    return html`<p class="quiet">${[first?.title, this.whose].filter(Boolean).join(' · ')}</p>
      <ol class="entries">
        ${this.rows.map((row) => this.#row(row))}
      </ol>`;
  }

  #row(row: HistoryRow) {
    const { entry } = row;
    const who = authorOf(entry.by, (person) => this.session.nameOf(person), t('person.unknown'));
    return html`<li class="entry" data-entry=${entry.commit}>
      <p class="value"><span>${row.words}</span> ${markOf(row)}</p>
      <p class="small before" data-before>${beforeOf(row)}</p>
      <p class="small">
        ${who} · <time datetime=${new Date(entry.at).toISOString()}>${formatMoment(entry.at)}</time>
      </p>
      <p class="small quiet">${th('received', { at: formatMoment(entry.receivedAt) })}</p>
    </li>`;
  }
}

function beforeOf({ entry, before }: HistoryRow): string {
  if (before !== null) return th('before', { words: before });
  return th(entry.before === null ? 'first-time' : 'same-again');
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-question-history': RkQuestionHistory;
  }
}
