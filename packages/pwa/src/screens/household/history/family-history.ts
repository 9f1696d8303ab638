import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Session } from '../../../app/app.ts';
import { pathOfPast } from '../../../app/routes.ts';
import { RkElement } from '../../../components/element.ts';
import type { DocumentName } from '@rukun/core/protocol';
import { formatDate, formatMoment, formatTime } from '../../../i18n/format.ts';
import { t } from '../../../i18n/translate.ts';
import { icon } from '../../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../../styles/shared.ts';
import { authorOf, historyDays, type HistoryMoment, type HistoryRow } from './history-rows.ts';
import { th } from './history-words.ts';
import { markOf } from './question-history.ts';
import { historyStyles } from './history.styles.ts';

/** Moments drawn at once; an exchange may have brought hundreds of changes. */
const MOMENTS = 20;
const ROWS = 6;
const FAMILY = 'family';

/** What was written into a family, newest first, under its days; each moment leads to the form as it stood then. */
@customElement('rk-family-history')
export class RkFamilyHistory extends RkElement {
  @property({ attribute: false }) rows: readonly HistoryRow[] = [];
  @property({ attribute: false }) session!: Session;
  /** Names of all members there are or were, by id. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> = new Map();
  @property() document: DocumentName = 'household/x';
  @state() private who = '';
  @state() private what = '';
  @state() private shown = MOMENTS;
  @state() private unfolded: ReadonlySet<number> = new Set();

  static override styles = [shared, buttons, fields, notices, historyStyles];

  override render() {
    const ofWho = this.rows.filter((row) => this.#isWho(row));
    const rows = ofWho.filter((row) => this.what === '' || row.subject === this.what);
    const days = historyDays(rows);
    const count = days.reduce((sum, { moments }) => sum + moments.length, 0);
    return html`<div class="all">
      ${this.#filters(ofWho)}
      ${count === 0 ? html`<p class="wait quiet" role="status">${th('no-match')}</p>` : this.#days(days)}
      ${
        count > this.shown
          ? html`<button class="button wide" type="button" data-more @click=${() => (this.shown += MOMENTS)}>
              ${th('more', { count: count - this.shown })}
            </button>`
          : nothing
      }
    </div>`;
  }

  #isWho({ member }: HistoryRow): boolean {
    return this.who === '' || (this.who === FAMILY ? member === null : member === this.who);
  }

  #filters(ofWho: readonly HistoryRow[]) {
    const members = [...new Set(this.rows.flatMap(({ member }) => member ?? []))];
    const subjects = new Map(ofWho.map(({ subject, title }) => [subject, title]));
    const bySubject = [...subjects].sort(([a], [b]) => a.localeCompare(b, 'id', { numeric: true }));
    return html`<div class="filters">
      <label class="field">
        <span class="label small">${th('filter-who')}</span>
        <select class="input" data-filter-who @change=${this.#chooseWho}>
          <option value="">${th('filter-all')}</option>
          <option value=${FAMILY}>${th('filter-family')}</option>
          ${members.map((id) => html`<option value=${id}>${this.#nameOf(id)}</option>`)}
        </select>
      </label>
      <label class="field">
        <span class="label small">${th('filter-what')}</span>
        <select class="input" data-filter-what @change=${this.#chooseWhat}>
          <option value="" ?selected=${this.what === ''}>${th('filter-every')}</option>
          ${bySubject.map(
            ([subject, title]) =>
              html`<option value=${subject} ?selected=${this.what === subject}>${title}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  #days(days: ReturnType<typeof historyDays>) {
    let left = this.shown;
    return days.map(({ day, at, moments }) => {
      const drawn = moments.slice(0, Math.max(0, left));
      left -= moments.length;
      if (drawn.length === 0) return nothing;
      return html`<section class="day" data-day=${day}>
        <h3>${formatDate(at)}</h3>
        ${drawn.map((moment) => this.#moment(moment))}
      </section>`;
    });
  }

  #moment(moment: HistoryMoment) {
    const { commit, by, at, receivedAt, rows } = moment;
    const who = authorOf(by, (person) => this.session.nameOf(person), t('person.unknown'));
    const isFolded = rows.length > ROWS && !this.unfolded.has(commit);
    return html`<div class="moment" data-moment=${commit}>
      <p class="who">
        <strong>${who}</strong>
        <span class="small"><time datetime=${new Date(at).toISOString()}>${formatTime(at)}</time></span>
        <span class="small quiet">${th('received', { at: formatMoment(receivedAt) })}</span>
      </p>
      <ul class="entries">
        ${(isFolded ? rows.slice(0, ROWS) : rows).map((row) => this.#row(row))}
      </ul>
      ${
        isFolded
          ? html`<button class="button bare" type="button" data-unfold @click=${() => this.#unfold(commit)}>
              ${icon('down')} ${th('more', { count: rows.length - ROWS })}
            </button>`
          : nothing
      }
      <a
        class="button bare"
        href=${pathOfPast(this.document, commit)}
        data-show-then=${commit}
        aria-label=${th('shown-then', { at: formatMoment(receivedAt) })}
        >${icon('history')} ${th('show-then')}</a
      >
    </div>`;
  }

  #row(row: HistoryRow) {
    const whose = row.member === null ? '' : ` · ${this.#nameOf(row.member)}`;
    return html`<li class="entry" data-subject=${row.subject}>
      <p class="question">${row.title}${whose}</p>
      <p class="value"><span>${row.words}</span> ${markOf(row)}</p>
      ${row.before === null ? nothing : html`<p class="small quiet before">${th('before', { words: row.before })}</p>`}
    </li>`;
  }

  #nameOf(member: string): string {
    return this.names.get(member) ?? th('member-gone');
  }

  #unfold(commit: number): void {
    this.unfolded = new Set([...this.unfolded, commit]);
  }

  readonly #chooseWho = (event: Event): void => {
    this.who = (event.target as HTMLSelectElement).value;
    this.what = '';
    this.shown = MOMENTS;
  };

  readonly #chooseWhat = (event: Event): void => {
    this.what = (event.target as HTMLSelectElement).value;
    this.shown = MOMENTS;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-family-history': RkFamilyHistory;
  }
}
