import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../components/question/question.ts';
import { RkElement } from '../../components/element.ts';
import type { FormActions, QuestionView } from '../../components/question/question-view.ts';
import type { RkQuestion } from '../../components/question/question.ts';
import { t, tx } from '../../i18n/translate.ts';
import { shared } from '../../styles/shared.ts';
import type { GroupView } from './question-views.ts';

/** The questions of one page in their groups. What comes from the area frame stands above them, to be read only. */
@customElement('rk-question-page')
export class RkQuestionPage extends RkElement {
  @property({ attribute: false }) groups: readonly GroupView[] = [];
  @property({ attribute: false }) actions!: FormActions;
  /** The codes of the area were made up for a demonstration. */
  @property({ type: Boolean }) madeUp = false;

  static override styles = [
    shared,
    css`
      h2 {
        padding: var(--rk-gap-l) var(--rk-gap-l) var(--rk-gap-s);
        background: var(--rk-surface-sunk);
        border-bottom: 1px solid var(--rk-line);
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-m);
      }
      details {
        padding: 0 var(--rk-gap-l);
        border-bottom: 1px solid var(--rk-line);
        background: var(--rk-surface-sunk);
      }
      summary {
        min-height: var(--rk-touch);
        padding: var(--rk-gap-s) 0;
        cursor: pointer;
      }
      .codes {
        display: block;
        font-weight: 600;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(5rem, 2fr);
        gap: var(--rk-gap-xs) var(--rk-gap-l);
        padding-bottom: var(--rk-gap-m);
      }
      dt {
        color: var(--rk-ink-soft);
      }
      dd {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .made-up {
        padding: 0.1rem 0.5rem;
        border-radius: 4px;
        background: var(--rk-warning-soft);
        color: var(--rk-warning);
        font-size: var(--rk-text-s);
      }
    `,
  ];

  /** Brings the cursor to a question of this page; false if it is not shown. */
  async focusQuestion(path: string): Promise<boolean> {
    await this.updateComplete;
    const question = this.#find(path);
    await question?.focusInput();
    return question !== null;
  }

  /** The question element of a path. */
  #find(path: string): RkQuestion | null {
    return this.renderRoot.querySelector<RkQuestion>(`rk-question[data-place="${CSS.escape(path)}"]`);
  }

  override render() {
    return this.groups.map(({ group, views }) => {
      const frame = views.filter((view) => view.question.prefilled);
      const asked = views.filter((view) => !view.question.prefilled);
      return html`${this.groups.length > 1 ? html`<h2 data-part=${group.id}>${group.id} ${tx(group.title)}</h2>` : nothing}
      ${frame.length > 0 ? this.#frame(frame) : nothing}
      ${repeat(
        asked,
        (view) => view.path,
        (view) =>
          html`<rk-question data-place=${view.path} .view=${view} .actions=${this.actions}></rk-question>`,
      )}`;
    });
  }

  /** One line with the codes; opened, each with its number and label. */
  #frame(views: readonly QuestionView[]) {
    const line = views.map((view) => view.value ?? '–').join(' ');
    return html`<details>
      <summary>
        <span class="small quiet">${t('form.frame')}</span>
        <span class="numbers codes">${line}</span>
        ${this.madeUp ? html`<span class="made-up">${t('area.made-up')}</span>` : nothing}
      </summary>
      <dl>
        ${views.map(
          (view) =>
            html`<dt><span class="numbers">${view.question.id}</span> ${tx(view.question.label)}</dt>
              <dd class="numbers" data-place=${view.path}>${view.value ?? '–'}</dd>`,
        )}
      </dl>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-question-page': RkQuestionPage;
  }
}
