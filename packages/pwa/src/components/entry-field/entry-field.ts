import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Answer, Question } from '@rukun/core/questionnaire';
import { t } from '../../i18n/translate.ts';
import { fields, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { PendingWrite } from '../pending-write.ts';
import { clean, digitsOf, grouped, isNumeric, readEntry, shownFor, typedFor } from './entry.ts';

/**
 * Text, numbers, dates and identity numbers, typed plainly. While somebody types, the typed text is what counts: answers
 * that arrive from elsewhere meanwhile do not touch it.
 */
@customElement('rk-entry-field')
export class RkEntryField extends RkElement {
  @property({ attribute: false }) question!: Question;
  @property({ attribute: false }) value: Answer | null = null;
  @property({ attribute: false }) write!: (value: Answer | null) => void;
  @property({ attribute: false }) next!: () => void;
  @property({ type: Boolean }) readonly = false;
  @property({ type: Boolean }) invalid = false;
  /** What is wrong, or how to type: told together with the label. */
  @property() description = '';
  @property() label = '';
  /** What stands in the field while it is being edited; null while it shows the stored answer. */
  @state() private draft: string | null = null;
  @query('[data-input]') private input!: HTMLInputElement | HTMLTextAreaElement;
  readonly #pending = new PendingWrite(this);
  /** The text the editing began with, or that was written last: what equals it is no edit of this person. */
  #origin = '';

  static override styles = [
    shared,
    fields,
    css`
      .input {
        max-width: 40rem;
      }
      input.date,
      input.period,
      input.integer {
        width: 11rem;
        max-width: 100%;
        font-size: var(--rk-text-l);
        font-variant-numeric: tabular-nums;
      }
      input.integer {
        width: 8rem;
      }
      input.nik,
      input.kk,
      input.phone {
        max-width: 20rem;
        font-size: var(--rk-text-l);
        font-variant-numeric: tabular-nums;
        letter-spacing: 0.03em;
      }
      .echo {
        margin-top: var(--rk-gap-xs);
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-s);
        font-variant-numeric: tabular-nums;
      }
      .echo.wrong {
        color: var(--rk-error);
        font-weight: 600;
      }
    `,
  ];

  /** Puts the cursor into the field, with what is there selected. */
  focusInput(): void {
    this.input.focus({ preventScroll: true });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || this.draft === null || this.draft !== this.#origin) return;
    this.#origin = typedFor(this.question, this.value);
    this.draft = this.#origin;
  }

  override render() {
    const { question } = this;
    const shown = this.draft ?? shownFor(question, this.value);
    const isLong = question.kind === 'text' && (question.maxLength ?? 0) > 200;
    if (isLong) {
      return html`<textarea
        class="input"
        data-input
        rows="4"
        aria-label=${this.label}
        aria-description=${this.description || nothing}
        aria-invalid=${this.invalid ? 'true' : nothing}
        .value=${live(shown)}
        ?readonly=${this.readonly}
        @focus=${this.#focus}
        @input=${this.#typed}
        @keydown=${this.#key}
        @blur=${this.#leave}
      ></textarea>`;
    }
    return html`<input
        class="input ${question.kind}"
        data-input
        type="text"
        inputmode=${isNumeric(question) ? (question.kind === 'phone' ? 'tel' : 'numeric') : 'text'}
        autocomplete="off"
        autocapitalize=${question.kind === 'text' ? 'characters' : 'off'}
        spellcheck="false"
        enterkeyhint="next"
        aria-label=${this.label}
        aria-description=${this.description || nothing}
        aria-invalid=${this.invalid ? 'true' : nothing}
        placeholder=${this.draft === null ? nothing : this.#shape()}
        .value=${live(shown)}
        ?readonly=${this.readonly}
        @focus=${this.#focus}
        @input=${this.#typed}
        @keydown=${this.#key}
        @blur=${this.#leave}
      />${this.#echo()}`;
  }

  #shape(): string {
    if (this.question.kind === 'date') return t('entry.shape-date');
    if (this.question.kind === 'period') return t('entry.shape-period');
    return '';
  }

  /** What the typed digits amount to so far, beneath the field. */
  #echo() {
    if (this.draft === null) return nothing;
    const entry = readEntry(this.question, this.draft);
    const of = digitsOf(this.question);
    if (entry.state === 'impossible') {
      return html`<p class="echo wrong" role="alert">${t('entry.impossible')}</p>`;
    }
    if (of === null) return nothing;
    const isCard = this.question.kind === 'nik' || this.question.kind === 'kk';
    const words = t('entry.digits', { count: this.draft.length, of });
    const isRead = entry.state === 'value' && !isCard;
    const read = isCard ? grouped(this.draft) : isRead ? shownFor(this.question, entry.value) : '';
    return html`<p class="echo">${[read, words].filter(Boolean).join(' · ')}</p>`;
  }

  readonly #focus = (): void => {
    if (this.readonly) return;
    if (this.draft === null) {
      this.#origin = typedFor(this.question, this.value);
      this.draft = this.#origin;
    }
    void this.updateComplete.then(() => this.input.select());
  };

  readonly #typed = (): void => {
    const text = clean(this.question, this.input.value);
    if (text !== this.input.value) this.input.value = text;
    this.draft = text;
    const entry = readEntry(this.question, text);
    if (entry.state === 'value' || entry.state === 'empty') this.#pending.after(() => this.#commit());
    else this.#pending.drop();
    if (entry.state === 'value' && entry.full && digitsOf(this.question) !== null) this.#move();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const isTab = event.key === 'Tab' && !event.shiftKey;
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if ((!isEnter && !isTab) || event.isComposing || this.readonly) return;
    event.preventDefault();
    this.#move();
  };

  #move(): void {
    if (this.#commit()) this.next();
  }

  /** Writes the draft; false if there is nothing that could be written and the text has to stay. */
  #commit(): boolean {
    this.#pending.drop();
    if (this.draft === null || this.draft === this.#origin) return true;
    const entry = readEntry(this.question, this.draft);
    if (entry.state === 'unfinished' || entry.state === 'impossible') return false;
    this.#origin = this.draft;
    this.write(entry.state === 'value' ? entry.value : null);
    return true;
  }

  readonly #leave = (): void => {
    if (this.readonly) return;
    if (this.#commit()) this.draft = null;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-entry-field': RkEntryField;
  }
}
