import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { offersEvent } from '@rukun/core/access';
import type { App, OpenHousehold, Presence } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import type { FormActions } from '../../components/question/question-view.ts';
import { placeOf } from '@rukun/core/household';
import type { Answer, Page } from '@rukun/core/questionnaire';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { addMember } from './form-actions.ts';
import type { FormModel } from './form-model.ts';
import './geotag-page.ts';
import type { GeotagSession } from './geotag-session.ts';
import { pageTitle } from './page-title.ts';
import './question-page.ts';
import type { RkQuestionPage } from './question-page.ts';
import { QuestionViews } from './question-views.ts';
import './roster-page.ts';
import type { RkRosterPage } from './roster-page.ts';
import './submit-page.ts';

/** The page after the last one of the form. */
export const SUBMIT = 'submit';

const NONE: ReadonlyMap<string, Answer> = new Map();

/** One page of the form with its title, of whatever kind. */
@customElement('rk-form-page')
export class RkFormPage extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) actions!: FormActions;
  @property({ attribute: false }) geotag!: GeotagSession;
  /** Counts the changes of the search for a position. */
  @property({ type: Number }) geotagTurn = 0;
  @property({ attribute: false }) present: readonly Presence[] = [];
  /** What may be filled in again with one tap, by path. */
  @property({ attribute: false }) offered: ReadonlyMap<string, Answer> = NONE;
  @property() page = '';
  @property({ type: Boolean }) readonly = false;
  /** The page of questions that was drawn to its end last. */
  @state() private drawn = '';
  @query('rk-question-page') private questions!: RkQuestionPage | null;
  @query('rk-roster-page') private roster!: RkRosterPage | null;
  @query('[data-add-another]') private another!: HTMLElement | null;
  @query('h2') private heading!: HTMLElement | null;
  readonly #views = new QuestionViews();

  static override styles = [
    shared,
    buttons,
    css`
      h2 {
        padding: var(--rk-gap-m) var(--rk-gap-l);
        border-bottom: 1px solid var(--rk-line);
      }
      h2:focus {
        outline: none;
      }
      .another {
        padding: var(--rk-gap-l);
      }
    `,
  ];

  /** Puts the focus on the title, for whoever hears the page. */
  async focusTitle(): Promise<void> {
    await this.updateComplete;
    this.heading?.focus({ preventScroll: true });
  }

  /** Brings the cursor to a question of this page, on the roster to a member; false if it is not shown. */
  async focusQuestion(path: string): Promise<boolean> {
    await this.updateComplete;
    if (this.roster) return this.roster.focusMember(placeOf(path)?.member ?? '');
    return (await this.questions?.focusQuestion(path)) === true;
  }

  /** Puts the focus on the way to a new member; false where that is not offered. */
  async focusAnother(): Promise<boolean> {
    await this.updateComplete;
    if (this.roster) return this.roster.focusAdd();
    this.another?.focus();
    return this.another !== null;
  }

  protected override updated(): void {
    const page = this.model.pages.find((each) => each.id === this.page);
    const block = page?.kind === 'member' ? `${t('form.block')} IV` : page ? pageTitle(page, this.model) : '';
    // Without the name of a member: the history of a browser keeps titles.
    document.title = `${block || t('submit.title')} · Rukun`;
  }

  override render() {
    const page = this.model.pages.find((each) => each.id === this.page);
    const isDrawn = this.drawn === this.page || !page || page.kind === 'roster' || page.id === 'GEO';
    return html`<div
      data-page=${isDrawn ? this.page : nothing}
      aria-busy=${isDrawn ? 'false' : 'true'}
      @rk-drawn=${(event: CustomEvent<string>) => (this.drawn = event.detail)}
    >
      <h2 tabindex="-1">${page ? pageTitle(page, this.model) : t('submit.title')}</h2>
      ${page ? this.#body(page) : this.#submit()}
    </div>`;
  }

  #submit() {
    const role = this.app.session.me.get()?.person.role;
    return html`<rk-submit-page
      .model=${this.model}
      .readonly=${!role || !offersEvent(role, 'submitted', this.model.state)}
    ></rk-submit-page>`;
  }

  /** After the last member, as after the last column on paper: the next one. */
  #another() {
    return html`<div class="another">
      <button
        class="button"
        type="button"
        data-add-another
        @click=${() => this.send('rk-added', `member/${addMember(this.open.household)}`)}
      >
        ${icon('plus')} ${t('roster.add-another')}
      </button>
    </div>`;
  }

  #body(page: Page) {
    const { model, open } = this;
    if (page.kind === 'roster') {
      return html`<rk-roster-page
        .model=${model}
        .open=${open}
        .actions=${this.actions}
        .readonly=${this.readonly}
      ></rk-roster-page>`;
    }
    if (page.id === 'GEO') {
      return html`<rk-geotag-page
        .model=${model}
        .open=${open}
        .geotag=${this.geotag}
        .turn=${this.geotagTurn}
        .readonly=${this.readonly}
      ></rk-geotag-page>`;
    }
    const { session } = this.app;
    return html`<rk-question-page
        .page=${page.id}
        .groups=${this.#views.of(page, model, {
          open,
          session,
          settings: this.app.settings(),
          present: this.present,
          offered: this.offered,
          mayWrite: !this.readonly,
        })}
        .actions=${this.actions}
        .madeUp=${session.areaOf(model.snapshot.area)?.codesAreMadeUp ?? false}
      ></rk-question-page>
      ${page.member !== null && page.member === model.members.at(-1)?.id && !this.readonly ? this.#another() : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-form-page': RkFormPage;
  }
}
