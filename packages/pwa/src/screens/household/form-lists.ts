import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, OpenHousehold } from '../../app/app.ts';
import type { Counter } from '../../components/counters/counters.ts';
import '../../components/dialog/dialog.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/finding-list/finding-list.ts';
import type { FormActions } from '../../components/question/question-view.ts';
import '../../components/remarks/remarks.ts';
import { t } from '../../i18n/translate.ts';
import { shared } from '../../styles/shared.ts';
import type { FormModel } from './form-model.ts';
import { jumpRows } from './jump-rows.ts';

const PARTS = {
  history: () => import('./history/history-dialog.ts'),
  refused: () => import('./refused/refused-dialog.ts'),
} as const;
type Part = keyof typeof PARTS;

/** The lists of a form: behind its counters, and what the centre refused. */
export type Listed = Counter | 'refused';

/** What is asked about a form beside its pages: the list behind a counter, or a history. Sends `rk-close`. */
@customElement('rk-form-lists')
export class RkFormLists extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) actions!: FormActions;
  /** The list that is shown: of a counter, or of what the centre refused; null for none. */
  @property({ attribute: false }) listed: Listed | null = null;
  /** The path whose history is shown, '' for the whole family; null for none. */
  @property({ attribute: false }) history: string | null = null;
  /** Parts that are fetched when somebody asks for them first. */
  @state() private loaded: ReadonlySet<Part> = new Set();
  @state() private failed: Part | null = null;

  static override styles = [shared];

  protected override willUpdate(): void {
    const part = this.#asked();
    if (part === null) this.failed = null;
    else if (!this.loaded.has(part) && this.failed !== part) void this.#load(part);
  }

  /** Complete when a list that was closed is closed: beside a modal dialog nothing can take the focus. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    await this.renderRoot.querySelector('rk-dialog')?.updateComplete;
    return isComplete;
  }

  #asked(): Part | null {
    if (this.listed === 'refused') return 'refused';
    return this.history === null ? null : 'history';
  }

  async #load(part: Part): Promise<void> {
    try {
      await PARTS[part]();
      this.loaded = new Set([...this.loaded, part]);
    } catch {
      this.failed = part;
    }
  }

  override render() {
    const counter = this.listed === 'refused' ? null : this.listed;
    return html`<rk-dialog .open=${counter !== null} .heading=${counter ? t(`counters.${counter}-list`) : ''}>
        ${counter ? this.#list(counter) : nothing}
      </rk-dialog>
      ${this.#part()}`;
  }

  #part() {
    const part = this.#asked();
    if (part === null) return nothing;
    if (this.failed === part)
      return html`<rk-dialog open .heading=${t('form.title')}
        ><p role="alert" data-part-failed=${part}>${t('screen.failed')}</p></rk-dialog
      >`;
    if (!this.loaded.has(part)) return nothing;
    if (part === 'history')
      return html`<rk-history .app=${this.app} .open=${this.open} .path=${this.history ?? ''}></rk-history>`;
    return html`<rk-refused .open=${this.open} .model=${this.model}></rk-refused>`;
  }

  #list(listed: Counter) {
    return html`<rk-finding-list
        data-list=${listed}
        .rows=${jumpRows(listed, this.model)}
        .empty=${t(`counters.${listed}-none`)}
      ></rk-finding-list>
      ${listed === 'remarks' ? this.#recordRemarks() : nothing}`;
  }

  /** Remarks on the family as a whole, with room for a new one. */
  #recordRemarks() {
    return html`<h3>${t('remarks.record')}</h3>
      <rk-remarks
        .path=${''}
        .remarks=${this.model.remarksByPath.get('') ?? []}
        .actions=${this.actions}
      ></rk-remarks>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-form-lists': RkFormLists;
  }
}
