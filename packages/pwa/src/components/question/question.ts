import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Answer } from '@rukun/core/questionnaire';
import { initials } from '../../i18n/format.ts';
import { t, tx } from '../../i18n/translate.ts';
import { systemClock } from '../../platform/clock.ts';
import { windowFrames } from '../../platform/frames.ts';
import type { JudgedFinding } from '../../live/judgement.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import '../code-field/code-field.ts';
import type { RkCodeField } from '../code-field/code-field.ts';
import { RkElement } from '../element.ts';
import '../entry-field/entry-field.ts';
import type { RkEntryField } from '../entry-field/entry-field.ts';
import '../remarks/remarks.ts';
import '../standing/standing.ts';
import '../sum-field/sum-field.ts';
import type { RkSumField } from '../sum-field/sum-field.ts';
import type { FormActions, QuestionView } from './question-view.ts';
import { questionStyles } from './question.styles.ts';

const frames = windowFrames(systemClock);

/** One question: number, label, field, what is wrong with the answer, remarks, and answers that stand side by side. */
@customElement('rk-question')
export class RkQuestion extends RkElement {
  @property({ attribute: false }) view!: QuestionView;
  @property({ attribute: false }) actions!: FormActions;
  /** What is open beneath the field: the hint, the remarks, or the remark that justifies a finding (by its key). */
  @state() private opened: 'hint' | 'remarks' | `rule:${string}` | null = null;
  @state() private typing = false;
  /** Answered here just now: what is wrong with it is told at once to who does not see it. */
  #isFresh = false;
  @query('.entry') private field!: RkEntryField | RkCodeField | RkSumField;

  static override styles = [shared, buttons, questionStyles];

  /** Puts the cursor into the field and brings the question into view. */
  async focusInput(): Promise<void> {
    await this.updateComplete;
    await this.field.updateComplete;
    this.#intoView();
    this.field.focusInput();
    // What lies above is laid out only once it comes into view, and pushes this question down: look again after that.
    frames.next(() => frames.next(this.#intoView));
  }

  readonly #intoView = (): void => {
    this.scrollIntoView({ block: 'nearest' });
  };

  override render() {
    const { view } = this;
    const { question } = view;
    const label = `${question.id}. ${tx(question.label)}`;
    const open = view.remarks.filter((remark) => !remark.resolved).length;
    const hint = hintOf(view);
    const worst = this.typing ? '' : worstOf(view);
    return html`<section class="question ${worst}" aria-label=${label}>
      <header>
        <span class="number">${question.id}</span>
        <h3>
          ${tx(question.label)}${
            view.required
              ? html`<span class="required" title=${t('question.required')}
                  >*<span class="unseen">${t('question.required')}</span></span
                >`
              : nothing
          }
          ${
            question.filledBy === 'supervisor'
              ? html`<span class="filled-by">${t('question.by-supervisor')}</span>`
              : nothing
          }
        </h3>
        <span class="tools">
          ${view.present.map(
            ({ person }) =>
              html`<span
                class="avatar"
                data-present=${person.id}
                title=${t('presence.here', { name: person.name })}
                >${initials(person.name)}<span class="unseen"
                  >${t('presence.here', { name: person.name })}</span
                ></span
              >`,
          )}
          ${
            hint === '' && this.actions.isPast
              ? nothing
              : this.#tool('hint', html`${icon('info')}<span class="unseen">${t('question.hint')}</span>`)
          }
          ${this.#tool(
            'remarks',
            html`${icon('remark')}<span class="unseen">${t('question.remarks', { count: open })}</span>${
                open > 0 ? html`<span class="count" aria-hidden="true">${open}</span>` : nothing
              }`,
          )}
        </span>
      </header>
      ${this.opened === 'hint' ? this.#about(hint) : nothing}
      ${
        view.standing.length > 0
          ? html`<rk-standing .view=${view} .actions=${this.actions}></rk-standing>`
          : nothing
      }
      <div
        class="answer"
        @focusin=${this.#entered}
        @focusout=${this.#left}
        @input=${() => (this.typing = true)}
      >
        ${this.#entry(label)}
      </div>
      ${
        view.suggestion && !view.readOnly
          ? html`<button class="suggestion" type="button" data-suggestion @click=${this.#takeSuggestion}>
              ${t('question.suggestion', { words: view.suggestion.words })}
            </button>`
          : nothing
      }
      ${this.typing ? nothing : view.findings.map((each) => this.#finding(each))}
      ${
        this.opened === 'remarks'
          ? html`<rk-remarks
              .path=${view.path}
              .remarks=${view.remarks}
              .actions=${this.actions}
            ></rk-remarks>`
          : nothing
      }
    </section>`;
  }

  /** The hint, and the way to everything this question was ever answered with. */
  #about(hint: string) {
    return html`<div class="about">
      ${hint === '' ? nothing : html`<p class="hint" role="note">${hint}</p>`}
      ${
        this.actions.isPast
          ? nothing
          : html`<button
              class="button bare"
              type="button"
              data-history-of=${this.view.path}
              @click=${() => this.send('rk-history', this.view.path)}
            >
              ${icon('history')} ${t('question.history')}
            </button>`
      }
    </div>`;
  }

  #entry(label: string) {
    const { view } = this;
    const invalid = !this.typing && worstOf(view) === 'error';
    const { kind } = view.question;
    const description = invalid
      ? view.findings.map(({ finding }) => tx(finding.message)).join('. ')
      : hintOf(view);
    if (kind === 'code') {
      return html`<rk-code-field
        class="entry"
        .question=${view.question}
        .value=${live(view.value)}
        .write=${this.#write}
        .next=${this.#next}
        .readonly=${view.readOnly}
        .invalid=${invalid}
        .label=${label}
        .description=${description}
      ></rk-code-field>`;
    }
    if (kind === 'multicode') {
      return html`<rk-sum-field
        class="entry"
        .question=${view.question}
        .value=${live(view.value)}
        .write=${this.#write}
        .next=${this.#next}
        .readonly=${view.readOnly}
        .invalid=${invalid}
        .label=${label}
        .description=${description}
      ></rk-sum-field>`;
    }
    return html`<rk-entry-field
      class="entry"
      .question=${view.question}
      .value=${live(view.value)}
      .write=${this.#write}
      .next=${this.#next}
      .readonly=${view.readOnly}
      .invalid=${invalid}
      .label=${label}
      .description=${description}
    ></rk-entry-field>`;
  }

  #finding({ finding, confirmed }: JudgedFinding) {
    const isError = finding.severity === 'error';
    const opened = `rule:${finding.key}` as const;
    return html`<div
        class="finding ${finding.severity}"
        role=${isError && this.#isFresh ? 'alert' : nothing}
        data-finding=${finding.rule}
        ?data-confirmed=${confirmed}
      >
        ${icon(isError ? 'error' : 'warning')}
        <p>
          <strong>${t(isError ? 'finding.error' : 'finding.warning')}:</strong> ${tx(finding.message)}
          ${confirmed ? html`<span class="confirmed">${icon('check')} ${t('finding.confirmed')}</span>` : nothing}
        </p>
        ${
          isError || confirmed || this.actions.isPast
            ? nothing
            : html`<button
                class="button justify"
                type="button"
                data-justify
                @click=${() => this.#toggle(opened)}
              >
                ${t('finding.justify')}
              </button>`
        }
      </div>
      ${
        this.opened === opened && !confirmed
          ? html`<rk-remarks
              .path=${this.view.path}
              .rule=${finding.key}
              .remarks=${[]}
              .actions=${this.actions}
              .start=${t('finding.justified-by')}
              @rk-remarked=${() => (this.opened = null)}
            ></rk-remarks>`
          : nothing
      }`;
  }

  #tool(name: 'hint' | 'remarks', content: unknown) {
    return html`<button
      class="button bare square tool"
      type="button"
      data-tool=${name}
      aria-expanded=${this.opened === name ? 'true' : 'false'}
      @click=${() => this.#toggle(name)}
    >
      ${content}
    </button>`;
  }

  #toggle(what: NonNullable<typeof this.opened>): void {
    this.opened = this.opened === what ? null : what;
  }

  readonly #write = (value: Answer | null): void => {
    this.#isFresh = true;
    this.actions.write(this.view.place, value);
  };

  readonly #next = (): void => {
    this.typing = false;
    this.actions.next(this.view.place);
  };

  readonly #takeSuggestion = (): void => {
    if (!this.view.suggestion) return;
    this.#write(this.view.suggestion.value);
    this.#next();
  };

  readonly #entered = (): void => {
    this.actions.at(this.view.place);
  };

  readonly #left = (): void => {
    this.typing = false;
  };
}

function worstOf(view: QuestionView): '' | 'warning' | 'error' {
  if (view.findings.some(({ finding }) => finding.severity === 'error')) return 'error';
  return view.findings.some(({ confirmed }) => !confirmed) ? 'warning' : '';
}

function hintOf({ question, limits }: QuestionView): string {
  switch (question.kind) {
    case 'date':
      return question.parts?.day?.unknown === undefined ? t('hint.date') : t('hint.partial-date');
    case 'period':
      return t('hint.period');
    case 'multicode':
      return t('hint.sum');
    case 'nik':
    case 'kk':
      return t('hint.sixteen');
    case 'integer':
      return limits === null ? '' : t('hint.integer', { ...limits });
    case 'code':
      return t('hint.code');
    case 'text':
    case 'phone':
    case 'gps':
    case 'photo':
    default:
      return question.maxLength === undefined ? '' : t('hint.text', { max: question.maxLength });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-question': RkQuestion;
  }
}
