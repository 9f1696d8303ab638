import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { App, OpenHousehold } from '../../app/app.ts';
import { go } from '../../app/routes.ts';
import '../../components/counters/counters.ts';
import '../../components/drawer/drawer.ts';
import { RkElement } from '../../components/element.ts';
import { flushWrites } from '../../components/pending-write.ts';
import type { FormActions } from '../../components/question/question-view.ts';
import { Watch } from '../../components/watch.ts';
import { bestFix, pathOf, placeOf, type EventType, type Place } from '@rukun/core/household';
import { nextPlace, pageOf, type Answer, type Question } from '@rukun/core/questionnaire';
import { parseDocumentName } from '@rukun/core/protocol';
import { t } from '../../i18n/translate.ts';
import { isOffered } from '../../live/judgement.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { drawerRows } from './drawer-rows.ts';
import { formActions } from './form-actions.ts';
import './form-footer.ts';
import type { RkFormFooter } from './form-footer.ts';
import './form-header.ts';
import './form-lists.ts';
import type { Listed, RkFormLists } from './form-lists.ts';
import { SUBMIT, type RkFormPage } from './form-page.ts';
import './form-page.ts';
import { firstToType, isAnotherDue, modelOf, type FormModel } from './form-model.ts';
import { rememberedPage, rememberPage } from '../../platform/last-page.ts';
import { GeotagSession } from './geotag-session.ts';
import { householdStyles } from './household-screen.styles.ts';
import './refused/refused-notice.ts';
import './status-banner.ts';

interface Refill {
  readonly path: string;
  readonly value: Answer;
}

/** Where each family was left, so that coming back goes on there. Lost with the tab, which loses nothing. */
const lastPages = new Map<string, string>();

/** The form of one family, for the officer and for the supervisor who checks it. */
@customElement('rk-household-screen')
export class RkHouseholdScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  /** The id of the household document. */
  @property() document = '';
  @state() private open: OpenHousehold | null = null;
  @state() private problem: 'missing' | 'failed' | null = null;
  @state() private page = '';
  @state() private menuIsOpen = false;
  @state() private listed: Listed | null = null;
  @state() private geotagTurn = 0;
  /** The path whose history is shown, '' for the whole family. */
  @state() private history: string | null = null;
  @query('rk-form-page') private formPage!: RkFormPage | null;
  @query('rk-form-lists') private lists!: RkFormLists | null;
  @query('rk-form-footer') private footer!: RkFormFooter | null;
  @query('dialog') private menu!: HTMLDialogElement | null;
  /** Refused answers, by their paths, that the person wants to fill in again. */
  @state() private offered: ReadonlyMap<string, Answer> = new Map();
  #model: FormModel | null = null;
  #actions: FormActions | null = null;
  #geotag: GeotagSession | null = null;
  #stopVisit: () => void = () => undefined;
  #connection = 0;
  readonly #mayWrite = new Watch(this, () => this.open?.mayWrite);
  readonly #undo = new Watch(this, () => this.open?.canUndo);
  /** What the model is made of: a change of any of them draws the screen anew. */
  protected readonly followed = [
    new Watch(this, () => this.open?.snapshot),
    new Watch(this, () => this.open?.evaluation),
    new Watch(this, () => this.open?.present),
  ];

  static override styles = [shared, buttons, notices, householdStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#key);
    addEventListener('pagehide', flushWrites);
    document.addEventListener('visibilitychange', flushWrites);
    void this.#openDocument();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#key);
    removeEventListener('pagehide', flushWrites);
    document.removeEventListener('visibilitychange', flushWrites);
    this.#close();
  }

  async #openDocument(): Promise<void> {
    const connection = ++this.#connection;
    const name = parseDocumentName(`household/${this.document}`);
    let opened: OpenHousehold | null = null;
    try {
      opened = name.ok ? await this.app.open(name.value.name) : null;
    } catch {
      this.problem = 'failed';
      return;
    }
    if (connection !== this.#connection) {
      await opened?.close();
      return;
    }
    if (!opened) this.problem = 'missing';
    else this.#begin(opened);
  }

  #begin(open: OpenHousehold): void {
    this.open = open;
    this.#actions = formActions(open, this.app.session, (place) => void this.#next(place));
    const model = this.#now(open);
    const known = lastPages.get(this.document) ?? rememberedPage(this.document);
    this.page = known !== null && this.#pageIds(model).includes(known) ? known : (model.pages[0]?.id ?? '');
    const role = this.app.session.me.get()?.person.role;
    this.#geotag = new GeotagSession(this.app.position, open, () => this.geotagTurn++);
    if (role === 'officer' && open.mayWrite.get() && bestFix(model.snapshot.fixes) === null)
      this.#geotag.start();
    this.#stopVisit = open.canUndo.subscribe(({ undo }) => {
      // The news comes from within the edit: what follows from it is an edit of its own.
      if (undo) queueMicrotask(() => this.#geotag?.visit());
    });
  }

  #close(): void {
    this.#connection++;
    flushWrites();
    this.#stopVisit();
    this.#geotag?.leave();
    this.open?.at(null);
    void this.open?.close();
    this.open = null;
    this.#model = null;
  }

  /** The model as of now: made anew only when the document or its evaluation changed. */
  #now(open: OpenHousehold): FormModel {
    const isSame =
      this.#model?.snapshot === open.snapshot.get() && this.#model.evaluation === open.evaluation.get();
    if (this.#model && isSame) return this.#model;
    const role = this.app.session.me.get()?.person.role === 'supervisor' ? 'supervisor' : 'officer';
    this.#model = modelOf(open, this.app.form, role);
    return this.#model;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.open || changed.has('page')) return;
    const ids = this.#pageIds(this.#now(this.open));
    if (!ids.includes(this.page)) this.page = ids.includes('roster') ? 'roster' : (ids[0] ?? '');
  }

  protected override updated(): void {
    if (this.menuIsOpen && this.menu && !this.menu.open) this.menu.showModal();
  }

  override render(): TemplateResult {
    if (this.problem) return this.#problemNotice(this.problem);
    if (!this.open || !this.#actions) return html`<p class="wait" role="status">${t('form.opening')}</p>`;
    const model = this.#now(this.open);
    const rows = drawerRows(model);
    const drawer = html`<rk-drawer .rows=${rows} .current=${this.page}></rk-drawer>`;
    const totals = { ...model.totals, standing: model.standing.length };
    return html`<div
      class="frame"
      @rk-open-page=${(event: CustomEvent<string>) => void this.#goTo(event.detail)}
      @rk-added=${(event: CustomEvent<string>) => void this.#goTo(event.detail, true)}
      @rk-jump=${(event: CustomEvent<string>) => void this.#jump(event.detail)}
      @rk-menu=${() => (this.menuIsOpen = true)}
      @rk-counter=${(event: CustomEvent<Listed>) => (this.listed = event.detail)}
      @rk-refused=${() => (this.listed = 'refused')}
      @rk-refill=${({ detail }: CustomEvent<Refill>) => void this.#refill(detail)}
      @rk-history=${(event: CustomEvent<string>) => this.#showHistory(event.detail)}
      @rk-status=${(event: CustomEvent<{ type: EventType; reason: string }>) => this.#status(event.detail)}
    >
      <div class="top">
        <rk-form-header .app=${this.app} .open=${this.open} .model=${model}></rk-form-header>
        <rk-counters .values=${totals}></rk-counters>
      </div>
      <aside>${this.#backLink()} ${drawer} ${this.#historyButton()}</aside>
      <main>
        <rk-refused-notice .open=${this.open}></rk-refused-notice>
        <rk-status-banner .model=${model} .session=${this.app.session}></rk-status-banner>
        <rk-form-page
          .app=${this.app}
          .open=${this.open}
          .model=${model}
          .actions=${this.#actions}
          .geotag=${this.#geotag}
          .geotagTurn=${this.geotagTurn}
          .present=${this.open.present.get()}
          .offered=${this.offered}
          .page=${this.page}
          .readonly=${this.#mayWrite.value !== true}
        ></rk-form-page>
      </main>
      ${this.#bottom(model)}
      ${
        this.menuIsOpen
          ? html`<dialog class="sheet" @close=${() => (this.menuIsOpen = false)} @click=${this.#sheetClicked}>
              ${this.#backLink()} ${drawer} ${this.#historyButton()}
            </dialog>`
          : nothing
      }
      <rk-form-lists
        .app=${this.app}
        .open=${this.open}
        .model=${model}
        .actions=${this.#actions}
        .listed=${this.listed}
        .history=${this.history}
        @rk-close=${this.#listClosed}
      ></rk-form-lists>
    </div>`;
  }

  #bottom(model: FormModel) {
    const ids = this.#pageIds(model);
    const at = ids.indexOf(this.page);
    const walk = {
      isFirst: at === 0,
      isLast: at === ids.length - 1,
      leadsToSubmit: ids[at + 1] === SUBMIT,
      errors: model.totals.errors,
      canUndo: this.#undo.value?.undo === true,
      canRedo: this.#undo.value?.redo === true,
    };
    return html`<rk-form-footer
      .walk=${walk}
      @rk-step=${({ detail }: CustomEvent<1 | -1 | 'typing'>) => void (detail === 'typing' ? this.#step(1, true) : this.#step(detail))}
      @rk-undo=${(event: CustomEvent<'undo' | 'redo'>) => this.#undoStep(event.detail)}
    ></rk-form-footer>`;
  }

  #backLink() {
    return html`<a class="button bare back" href="/" data-back>${icon('back')} ${t('form.to-list')}</a>`;
  }

  #historyButton() {
    return html`<button
      class="button bare back"
      type="button"
      data-family-history
      @click=${() => this.#showHistory('')}
    >
      ${icon('history')} ${t('form.history')}
    </button>`;
  }

  #showHistory(path: string): void {
    flushWrites();
    this.menu?.close();
    this.history = path;
  }

  #problemNotice(problem: 'missing' | 'failed') {
    return html`<div class="wait">
      <div class="notice ${problem === 'missing' ? 'info' : 'error'}" role="alert">
        ${icon(problem === 'missing' ? 'info' : 'error')}
        <p class="fill">${t(`form.${problem}`)}</p>
      </div>
      ${this.#backLink()}
    </div>`;
  }

  #pageIds(model: FormModel): string[] {
    return [...model.pages.map((page) => page.id), SUBMIT];
  }

  /** Opens a page; `isTyping`: with the cursor on what is next to type. */
  async #goTo(page: string, isTyping = false): Promise<void> {
    flushWrites();
    this.page = page;
    if (page === 'GEO') this.#geotag?.visit();
    this.menuIsOpen = false;
    this.listed = null;
    lastPages.set(this.document, page);
    rememberPage(this.document, page);
    this.open?.at(null);
    await this.updateComplete;
    await this.lists?.updateComplete;
    this.#toTop();
    if (!isTyping || !(await this.#typeOn(page))) await this.formPage?.focusTitle();
  }

  async #typeOn(id: string): Promise<boolean> {
    const model = this.open && this.#now(this.open);
    if (model && isAnotherDue(id, model) && id === 'roster')
      return (await this.formPage?.focusAnother()) === true;
    const page = model?.pages.find((each) => each.id === id);
    const place = model && page ? firstToType(page, model, (question) => this.#isTyped(question)) : null;
    return place !== null && (await this.formPage?.focusQuestion(pathOf(place))) === true;
  }

  async #step(by: 1 | -1, isTyping = false): Promise<void> {
    if (!this.open) return;
    const ids = this.#pageIds(this.#now(this.open));
    const target = ids[ids.indexOf(this.page) + by];
    if (target !== undefined) await this.#goTo(target, isTyping);
    else if (by < 0) go('/');
  }

  /** Goes to the question of a path, wherever it stands. */
  async #jump(path: string): Promise<void> {
    const place = placeOf(path);
    if (!place || !this.open) return;
    const page = pageOf(this.#now(this.open).pages, place);
    if (!page && place.member === null) return;
    // What is no question of a member who is present is for the roster to show.
    await this.#goTo(page?.id ?? 'roster');
    await this.formPage?.focusQuestion(path);
  }

  /** Goes to a question with an answer at hand that can be taken over there. */
  async #refill({ path, value }: Refill): Promise<void> {
    this.offered = new Map([...this.offered, [path, value]]);
    await this.#jump(path);
  }

  readonly #listClosed = (): void => {
    // What led to the list is gone with its last row: the focus needs another place.
    const isPutAway = this.open?.refused.get().length === 0 && this.open.keptBack.get() === null;
    const isGone = this.listed === 'refused' && isPutAway;
    this.listed = null;
    this.history = null;
    if (isGone) void this.formPage?.focusTitle();
  };

  /** Moves on from an answered question: to the next one that is asked on this page, else to the way onwards. */
  async #next(place: Place): Promise<void> {
    if (!this.open) return;
    const model = this.#now(this.open);
    const target = nextPlace(model.pages, model.evaluation, place, (question) => this.#isTyped(question));
    this.requestUpdate();
    await this.updateComplete;
    const isHere = target !== null && pageOf(model.pages, target)?.id === this.page;
    const isFocused = isHere && (await this.formPage?.focusQuestion(pathOf(target))) === true;
    if (isFocused) return;
    const isAnother =
      isAnotherDue(this.page, this.#now(this.open)) && (await this.formPage?.focusAnother()) === true;
    if (!isAnother) this.footer?.focusNext();
  }

  #isTyped(question: Question): boolean {
    if (question.prefilled || !isOffered(question.id) || question.kind === 'gps') return false;
    return question.filledBy === 'officer' || this.app.session.me.get()?.person.role === 'supervisor';
  }

  #status(event: { type: EventType; reason: string }): void {
    flushWrites();
    this.#geotag?.leave();
    this.open?.household.addEvent(event.type, event.reason);
    this.#toTop();
  }

  /** Narrow screens scroll as a whole, wide ones only the page. */
  #toTop(): void {
    scrollTo(0, 0);
    this.renderRoot.querySelector('main')?.scrollTo(0, 0);
  }

  #undoStep(way: 'undo' | 'redo'): void {
    flushWrites();
    this.open?.[way]();
  }

  readonly #sheetClicked = (event: MouseEvent): void => {
    if (event.target === this.menu) this.menu?.close();
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      void this.#step(event.key === 'ArrowLeft' ? -1 : 1, true);
      return;
    }
    if (!event.ctrlKey && !event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    const typed = event.composedPath()[0];
    if (typed instanceof HTMLTextAreaElement && !typed.hasAttribute('data-input')) return;
    event.preventDefault();
    this.#undoStep(key === 'y' || event.shiftKey ? 'redo' : 'undo');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-household-screen': RkHouseholdScreen;
  }
}
