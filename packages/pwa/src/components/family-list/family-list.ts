import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FamilyEntry, Session } from '../../app/app.ts';
import { STATE_WORDS, STATES, type State } from '@rukun/core/household';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { ticksStyles } from '../ticks/ticks.ts';
import { familyListStyles } from './family-list.styles.ts';
import { familyRow, numberOf } from './family-row.ts';
import { listPlace, type ListPlace } from './list-place.ts';

/** Rows drawn at first and with every further piece: long lists open at once. */
const PIECE = 60;

const ATTENTION = ['refused', 'errors', 'remarks', 'standing', 'waiting'] as const;
type Attention = (typeof ATTENTION)[number];
type Filter = State | Attention;

const NEEDS: Readonly<Record<Attention, (entry: FamilyEntry) => boolean>> = {
  refused: (entry) => entry.ticks.refused !== null,
  errors: (entry) => entry.errors > 0,
  remarks: (entry) => entry.remarks > 0,
  standing: (entry) => entry.standing > 0,
  waiting: (entry) => !entry.ticks.relay || entry.ticks.refused !== null,
};

const FILTERS: readonly Filter[] = [...STATES, ...ATTENTION];

/** Families to search and filter, for the officer and the supervisor. Coming back to it goes on where one was. */
@customElement('rk-family-list')
export class RkFamilyList extends RkElement {
  @property({ attribute: false }) entries: readonly FamilyEntry[] = [];
  @property({ attribute: false }) session!: Session;
  /** Tells one list from another: each remembers its place. */
  @property() name = '';
  @state() private text = '';
  @state() private chosen: Filter | null = null;
  @state() private area = '';
  @state() private shown = PIECE;
  @query('input[type=search]') private searchBox!: HTMLInputElement;
  @query('.end') private end!: HTMLElement | null;
  #nearEnd: IntersectionObserver | undefined;
  #place: ListPlace | null = null;
  #isBack = false;

  static override styles = [shared, buttons, fields, notices, ticksStyles, familyListStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
    addEventListener('scroll', this.#scrolled, { passive: true });
    this.#nearEnd = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) this.shown += PIECE;
      },
      { rootMargin: '600px' },
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    removeEventListener('scroll', this.#scrolled);
    this.#nearEnd?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#place === null) this.#comeBack();
    else if (changed.has('text') || changed.has('chosen') || changed.has('area')) this.shown = PIECE;
    const { text, chosen, area, shown } = this;
    if (this.#place) Object.assign(this.#place, { text, chosen, area, shown });
  }

  #comeBack(): void {
    const start = { text: '', chosen: null, area: '', shown: PIECE, scroll: 0, opened: null };
    const place = listPlace(this.session, this.name, start);
    this.#place = place;
    this.#isBack = place !== start;
    this.text = place.text;
    this.chosen = FILTERS.find((each) => each === place.chosen) ?? null;
    this.area = place.area;
    this.shown = place.shown;
  }

  /** To the family that was opened last, with the focus; where it is filtered out by now, as far down as before. */
  #toPlace(): void {
    this.#isBack = false;
    const { scroll = 0, opened = null } = this.#place ?? {};
    const row =
      opened === null
        ? null
        : this.renderRoot.querySelector<HTMLElement>(`[data-family="${CSS.escape(opened)}"]`);
    if (row) {
      row.scrollIntoView({ block: 'center' });
      row.focus({ preventScroll: true });
    } else if (scroll > 0) scrollTo(0, scroll);
  }

  protected override updated(): void {
    this.#nearEnd?.disconnect();
    if (this.end) this.#nearEnd?.observe(this.end);
    if (this.#isBack && this.entries.length > 0) this.#toPlace();
  }

  override render() {
    if (this.entries.length === 0) return this.#nothing();
    const inArea = this.area === '' ? this.entries : this.entries.filter((entry) => entry.area === this.area);
    const found = this.#search(inArea);
    const families = this.chosen === null ? found : found.filter((entry) => this.#fits(entry));
    const areas = [...new Set(this.entries.map((entry) => entry.area))];
    return html`<div class="tools" role="search">
        <label class="search">
          <span class="unseen">${t('list.search')}</span>${icon('search')}
          <input
            class="input"
            type="search"
            data-search
            placeholder=${t('list.search')}
            autocomplete="off"
            .value=${live(this.text)}
            @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
          />
        </label>
        <div class="chips" role="group" aria-label=${t('list.filter')}>
          ${areas.length > 1 ? this.#areaChoice(areas) : nothing}
          ${this.#chip('refused', t('list.refused'), found.filter(NEEDS.refused).length)}
          ${STATES.map((each) => this.#chip(each, tx(STATE_WORDS[each]), found.filter((entry) => entry.state === each).length))}
          ${ATTENTION.filter((each) => each !== 'refused').map((each) => this.#chip(each, t(`list.${each}`), found.filter(NEEDS[each]).length))}
        </div>
      </div>
      <p class="count small quiet" role="status">
        ${t('list.count', { count: families.length, of: this.entries.length })}
      </p>
      ${families.length === 0 ? this.#nothing() : nothing}
      <div class="rows" @click=${this.#opening}>
        ${repeat(families.slice(0, this.shown), (entry) => entry.document, familyRow)}
      </div>
      ${families.length > this.shown ? html`<div class="end quiet">${t('list.more', { count: families.length - this.shown })}</div>` : nothing}`;
  }

  #areaChoice(areas: readonly string[]) {
    return html`<label class="area">
      <span class="unseen">${t('list.area')}</span>
      <select
        class="input"
        data-area-filter
        @change=${(event: Event) => (this.area = (event.target as HTMLSelectElement).value)}
      >
        <option value="" ?selected=${this.area === ''}>${t('list.all-areas')}</option>
        ${areas.map((area) => {
          const info = this.session.areaOf(area);
          return html`<option value=${area} ?selected=${this.area === area}>
            ${info ? `${info.name}, ${info.village}` : area}
          </option>`;
        })}
      </select>
    </label>`;
  }

  #chip(name: Filter, words: string, count: number) {
    const isChosen = this.chosen === name;
    if (count === 0 && !isChosen && name in NEEDS) return nothing;
    return html`<button
      class="chip ${name}"
      type="button"
      data-filter=${name}
      aria-pressed=${isChosen ? 'true' : 'false'}
      @click=${() => (this.chosen = isChosen ? null : name)}
    >
      ${words} <span class="numbers">${count}</span>
    </button>`;
  }

  #nothing() {
    if (this.entries.length === 0) {
      return html`<div class="nothing" data-empty>
        <h2>${t('list.empty')}</h2>
        <p class="quiet">${t('list.empty-why')}</p>
      </div>`;
    }
    return html`<div class="nothing" data-no-match>
      <h2>${t('list.no-match')}</h2>
      <button class="button" type="button" @click=${this.#clear}>${t('list.clear')}</button>
    </div>`;
  }

  #search(entries: readonly FamilyEntry[]): readonly FamilyEntry[] {
    const words = this.text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return entries;
    return entries.filter((entry) => {
      const hay =
        `${entry.head} ${entry.address} ${numberOf(entry)} ${entry.prelistNumber ?? ''}`.toLowerCase();
      return words.every((word) => hay.includes(word));
    });
  }

  #fits(entry: FamilyEntry): boolean {
    const { chosen } = this;
    if (chosen === null) return true;
    return chosen in NEEDS ? NEEDS[chosen as Attention](entry) : entry.state === chosen;
  }

  readonly #scrolled = (): void => {
    if (this.#place) this.#place.scroll = scrollY;
  };

  readonly #opening = (event: Event): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-family]');
    if (this.#place && row) this.#place.opened = row.dataset['family'] ?? null;
  };

  readonly #clear = (): void => {
    this.text = '';
    this.chosen = null;
    this.area = '';
    this.searchBox.value = '';
    const choice = this.renderRoot.querySelector('select');
    if (choice) choice.value = '';
  };

  readonly #key = (event: KeyboardEvent): void => {
    const typed = event.composedPath()[0];
    if (event.key !== '/' || typed instanceof HTMLInputElement || typed instanceof HTMLTextAreaElement)
      return;
    event.preventDefault();
    this.searchBox.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-family-list': RkFamilyList;
  }
}
