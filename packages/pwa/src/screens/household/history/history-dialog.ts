import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, OpenHousehold } from '../../../app/app.ts';
import '../../../components/dialog/dialog.ts';
import { RkElement } from '../../../components/element.ts';
import { Watch } from '../../../components/watch.ts';
import type { ErrorCode } from '@rukun/core/foundation';
import { placeOf, type StandingAnswer } from '@rukun/core/household';
import type { HistoryEntry } from '@rukun/core/protocol';
import { t } from '../../../i18n/translate.ts';
import { icon } from '../../../styles/icons.ts';
import { buttons, notices, shared } from '../../../styles/shared.ts';
import { answerAt } from '../form-model.ts';
import { nameOf } from '../roster-page.ts';
import './family-history.ts';
import { historyRows } from './history-rows.ts';
import { th } from './history-words.ts';
import { historyStyles } from './history.styles.ts';
import './question-history.ts';

/** The history of one question or of the whole family, asked of the centre when it is opened. Sends `rk-close`. */
@customElement('rk-history')
export class RkHistory extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) open!: OpenHousehold;
  /** `answers/303`, or '' for the whole family. */
  @property() path = '';
  @state() private entries: readonly HistoryEntry[] | null = null;
  @state() private failure: ErrorCode | null = null;
  #asked = 0;
  readonly #sync = new Watch(this, () => this.app.sync.state);
  readonly #ticks = new Watch(this, () => this.open.ticks);

  static override styles = [shared, buttons, notices, historyStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    this.failure = null;
    const past = await this.app.past();
    const answer = await past.history(this.open.document, this.path === '' ? undefined : this.path);
    if (asked !== this.#asked) return;
    if (answer.ok) this.entries = answer.value;
    else this.failure = answer.failure.code;
  }

  /** The link is back: nobody has to ask again by hand. */
  protected override willUpdate(): void {
    const isBack = this.#wasOffline && this.#sync.value?.link === 'online';
    this.#wasOffline = this.#sync.value?.link === 'offline';
    if (isBack && this.failure === 'unavailable') void this.#load();
  }

  #wasOffline = false;

  override render() {
    const place = placeOf(this.path);
    const heading = place ? th('title', { number: place.question }) : th('title-family');
    return html`<rk-dialog open .heading=${heading}>
      <div class="all" data-history=${this.path === '' ? 'family' : this.path}>${this.#body()}</div>
    </rk-dialog>`;
  }

  #body(): TemplateResult {
    if (this.failure) return this.#failed(this.failure);
    if (!this.entries) return html`<p class="wait quiet" role="status">${th('loading')}</p>`;
    const rows = historyRows(this.entries, { form: this.app.form, standing: (path) => this.#standing(path) });
    const { session } = this.app;
    return html`${
      this.#ticks.value?.relay === false
        ? html`<div class="notice info" data-unsent>
            ${icon('info')}
            <p class="fill">${th('unsent')}</p>
          </div>`
        : nothing
    }
    ${
      rows.length === 0
        ? html`<p class="wait quiet" role="status" data-empty>${th('empty')}</p>`
        : this.path === ''
          ? html`<rk-family-history
              .rows=${rows}
              .session=${session}
              .names=${this.#names()}
              .document=${this.open.document}
            ></rk-family-history>`
          : html`<rk-question-history
              .rows=${rows}
              .session=${session}
              .whose=${this.#names().get(placeOf(this.path)?.member ?? '') ?? ''}
            ></rk-question-history>`
    }`;
  }

  #failed(code: ErrorCode): TemplateResult {
    const isOffline = code === 'unavailable';
    return html`<div
        class="notice ${isOffline ? 'warning' : 'error'}"
        role="alert"
        data-history-failed=${code}
      >
        ${icon(isOffline ? 'offline' : 'error')}
        <p class="fill">${isOffline ? th('offline') : t(`error.${code}`)}</p>
      </div>
      <button class="button" type="button" data-history-retry @click=${() => void this.#load()}>
        ${th('retry')}
      </button>`;
  }

  /** In a question's own history the answer of now is marked even where nothing stands beside it. */
  #standing(path: string): readonly StandingAnswer[] {
    const place = placeOf(path);
    if (!place) return [];
    const standing = this.open.household.standing(place);
    if (standing.length > 0 || path !== this.path) return standing;
    const value = answerAt(this.open.snapshot.get(), place);
    return value === null ? [] : [{ key: '', value, by: '', at: 0, isCurrent: true }];
  }

  #names(): ReadonlyMap<string, string> {
    return new Map(this.open.snapshot.get().members.map((member) => [member.id, nameOf(member)]));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-history': RkHistory;
  }
}
