import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StandingAnswer } from '@rukun/core/household';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { answerWords } from '../question/answer-words.ts';
import type { FormActions, QuestionView } from '../question/question-view.ts';
import { standingStyles } from './standing.styles.ts';

/** Answers that stand side by side: nobody had seen the other's. Both stay until somebody entitled chooses. */
@customElement('rk-standing')
export class RkStanding extends RkElement {
  @property({ attribute: false }) view!: QuestionView;
  @property({ attribute: false }) actions!: FormActions;

  static override styles = [shared, buttons, standingStyles];

  override render() {
    const { standing } = this.view;
    return html`<div class="standing" data-standing=${this.view.path}>
      <p class="title">${icon('standing')} ${t('standing.title', { count: standing.length })}</p>
      <p class="small">${t('standing.why')}</p>
      <ul>
        ${standing.map((answer) => this.#answer(answer))}
      </ul>
    </div>`;
  }

  #answer(answer: StandingAnswer) {
    const author = this.actions.nameOf(answer.by) || t('person.unknown');
    const words = answerWords(this.view.question, answer.value);
    return html`<li class=${answer.isCurrent ? 'current' : ''} data-answer=${answer.key}>
      <span class="value">${words}</span>
      <span class="small">${author}</span>
      <span class="small quiet">${answer.at > 0 ? formatMoment(answer.at) : t('standing.no-time')}</span>
      ${answer.isCurrent ? html`<span class="small now">${t('standing.current')}</span>` : nothing}
      ${
        this.view.readOnly
          ? nothing
          : html`<button
              class="button ${answer.isCurrent ? '' : 'main'}"
              type="button"
              data-choose=${answer.key}
              aria-label=${`${t(answer.isCurrent ? 'standing.keep' : 'standing.choose')}: ${words}`}
              @click=${() => this.actions.write(this.view.place, answer.value)}
            >
              ${t(answer.isCurrent ? 'standing.keep' : 'standing.choose')}
            </button>`
      }
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-standing': RkStanding;
  }
}
