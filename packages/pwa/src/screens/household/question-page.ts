import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import '../../components/question/question.ts';
import { RkElement } from '../../components/element.ts';
import type { FormActions, QuestionView } from '../../components/question/question-view.ts';
import type { RkQuestion } from '../../components/question/question.ts';
import { systemClock } from '../../platform/clock.ts';
import { windowFrames } from '../../platform/frames.ts';
import { t, tx } from '../../i18n/translate.ts';
import { shared } from '../../styles/shared.ts';
import type { GroupView } from './question-views.ts';

/** Questions drawn in one frame: a page of sixty must not hold up a slow phone. */
const PIECE = 4;
const frames = windowFrames(systemClock);

/**
 * The questions of one page in their groups, drawn piece by piece from the top; sends `rk-drawn` when all are there. What
 * comes from the area frame stands above them, to be read only.
 */
@customElement('rk-question-page')
export class RkQuestionPage extends RkElement {
  /** The id of the page: another one is drawn from the top again. */
  @property() page = '';
  @property({ attribute: false }) groups: readonly GroupView[] = [];
  @state() private shown = PIECE;
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
    const at = this.#views().findIndex((view) => view.path === path);
    if (at >= this.shown) this.shown = at + 1;
    await this.updateComplete;
    const question = this.#find(path);
    await question?.focusInput();
    return question !== null;
  }

  /** The question element of a path. */
  #find(path: string): RkQuestion | null {
    return this.renderRoot.querySelector<RkQuestion>(`rk-question[data-place="${CSS.escape(path)}"]`);
  }

  #views(): QuestionView[] {
    return this.groups.flatMap(({ views }) => views);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const total = this.#views().length;
    if (changed.has('page')) this.shown = PIECE;
    else if (total - this.shown <= PIECE) this.shown = total;
  }

  protected override updated(): void {
    if (this.#views().length <= this.shown) {
      this.send('rk-drawn', this.page);
      return;
    }
    frames.next(() => {
      this.shown += PIECE;
    });
  }

  override render() {
    let left = this.shown;
    return this.groups.map(({ group, views: all }) => {
      const views = all.slice(0, Math.max(0, left));
      left -= all.length;
      if (views.length === 0) return nothing;
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
