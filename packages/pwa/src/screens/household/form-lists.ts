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

/** What is asked about a form beside its pages: the list behind a counter, or a history. Sends `rk-close`. */
@customElement('rk-form-lists')
export class RkFormLists extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) actions!: FormActions;
  /** The counter whose list is shown, or null. */
  @property({ attribute: false }) listed: Counter | null = null;
  /** The path whose history is shown, '' for the whole family; null for none. */
  @property({ attribute: false }) history: string | null = null;
  @state() private historyIsLoaded = false;

  static override styles = [shared];

  protected override willUpdate(): void {
    if (this.history !== null && !this.historyIsLoaded) void this.#loadHistory();
  }

  async #loadHistory(): Promise<void> {
    await import('./history/history-dialog.ts');
    this.historyIsLoaded = true;
  }

  override render() {
    return html`<rk-dialog
        .open=${this.listed !== null}
        .heading=${this.listed ? t(`counters.${this.listed}-list`) : ''}
      >
        ${this.listed ? this.#list(this.listed) : nothing}
      </rk-dialog>
      ${
        this.history !== null && this.historyIsLoaded
          ? html`<rk-history .app=${this.app} .open=${this.open} .path=${this.history}></rk-history>`
          : nothing
      }`;
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
