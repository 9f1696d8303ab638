import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
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

/** Rows drawn at first and with every further piece: long lists open at once. */
const PIECE = 60;

type Attention = 'errors' | 'remarks' | 'standing' | 'waiting';

const NEEDS: Readonly<Record<Attention, (entry: FamilyEntry) => boolean>> = {
  errors: (entry) => entry.errors > 0,
  remarks: (entry) => entry.remarks > 0,
  standing: (entry) => entry.standing > 0,
  waiting: (entry) => !entry.ticks.relay || entry.ticks.refused !== null,
};

/** Families to search and filter, for the officer and the supervisor. */
@customElement('rk-family-list')
export class RkFamilyList extends RkElement {
  @property({ attribute: false }) entries: readonly FamilyEntry[] = [];
  @property({ attribute: false }) session!: Session;
  @state() private text = '';
  @state() private chosen: State | Attention | null = null;
  @state() private area = '';
  @state() private shown = PIECE;
  @query('input[type=search]') private searchBox!: HTMLInputElement;
  @query('.end') private end!: HTMLElement | null;
  #nearEnd: IntersectionObserver | undefined;

  static override styles = [shared, buttons, fields, notices, ticksStyles, familyListStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
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
    this.#nearEnd?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('text') || changed.has('chosen') || changed.has('area')) this.shown = PIECE;
  }

  protected override updated(): void {
    this.#nearEnd?.disconnect();
    if (this.end) this.#nearEnd?.observe(this.end);
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
            @input=${(event: InputEvent) => (this.text = (event.target as HTMLInputElement).value)}
          />
        </label>
        <div class="chips" role="group" aria-label=${t('list.filter')}>
          ${areas.length > 1 ? this.#areaChoice(areas) : nothing}
          ${STATES.map((each) => this.#chip(each, tx(STATE_WORDS[each]), found.filter((entry) => entry.state === each).length))}
          ${(['errors', 'remarks', 'standing', 'waiting'] as const).map((each) =>
            this.#chip(each, t(`list.${each}`), found.filter(NEEDS[each]).length),
          )}
        </div>
      </div>
      <p class="count small quiet" role="status">
        ${t('list.count', { count: families.length, of: this.entries.length })}
      </p>
      ${families.length === 0 ? this.#nothing() : nothing}
      <div class="rows">${repeat(families.slice(0, this.shown), (entry) => entry.document, familyRow)}</div>
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
        <option value="">${t('list.all-areas')}</option>
        ${areas.map((area) => {
          const info = this.session.areaOf(area);
          return html`<option value=${area}>${info ? `${info.name}, ${info.village}` : area}</option>`;
        })}
      </select>
    </label>`;
  }

  #chip(name: State | Attention, words: string, count: number) {
    const isChosen = this.chosen === name;
    if (
      count === 0 &&
      !isChosen &&
      (name === 'errors' || name === 'remarks' || name === 'standing' || name === 'waiting')
    )
      return nothing;
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
