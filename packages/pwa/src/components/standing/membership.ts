import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StandingAnswer, Value } from '@rukun/core/household';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { tm } from './membership-words.ts';
import { standingStyles } from './standing.styles.ts';

/**
 * The removal of a member beside answers of that member, written without having seen each other. Sends `rk-membership` with
 * what was chosen: the reason of the removal, or null.
 */
@customElement('rk-membership')
export class RkMembership extends RkElement {
  /** `member/k3f1/removed`. */
  @property() path = '';
  /** Whose membership it is. */
  @property() name = '';
  @property({ attribute: false }) answers: readonly StandingAnswer[] = [];
  @property({ type: Boolean }) readonly = false;
  @property({ attribute: false }) nameOf!: (person: string) => string;

  static override styles = [shared, buttons, standingStyles];

  /** Puts the focus on the question, so that it is heard before a choice is at hand. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.title')?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'nearest' });
  }

  override render() {
    return html`<section class="standing" aria-labelledby="title" data-standing=${this.path}>
      <h3 class="title" id="title" tabindex="-1">
        ${icon('standing')} ${this.name}: ${t('membership.question')}
      </h3>
      <p class="small">${tm('why', { name: this.name })}</p>
      <ul>
        ${[...new Set(this.answers.map(({ value }) => value))].map((value) =>
          this.#side(
            value,
            this.answers.filter((answer) => answer.value === value),
          ),
        )}
      </ul>
    </section>`;
  }

  #side(value: Value, answers: readonly StandingAnswer[]) {
    const isOut = value !== null;
    const isCurrent = answers.some((answer) => answer.isCurrent);
    const words = isOut ? tm('out', { reason: String(value) }) : tm('in');
    return html`<li class=${isCurrent ? 'current' : ''} data-answer=${answers[0]?.key ?? ''}>
      <span class="value">${words}</span>
      ${answers.map(({ by, at }) => {
        const who = this.nameOf(by) || t('person.unknown');
        return html`<span class="small"
          >${tm(isOut ? 'by-out' : 'by-in', { who })} ·
          ${at > 0 ? formatMoment(at) : t('standing.no-time')}</span
        >`;
      })}
      ${isCurrent ? html`<span class="small now">${t('standing.current')}</span>` : nothing}
      ${
        this.readonly
          ? nothing
          : html`<button
              class="button ${isCurrent ? '' : 'main'}"
              type="button"
              data-choose=${answers[0]?.key ?? ''}
              aria-label=${`${tm(isOut ? 'choose-out' : 'choose-in')}: ${this.name}`}
              @click=${() => this.send('rk-membership', value)}
            >
              ${tm(isOut ? 'choose-out' : 'choose-in')}
            </button>`
      }
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-membership': RkMembership;
  }
}
