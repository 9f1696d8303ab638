import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { PASSWORD_LENGTH, passwordFaults, type PasswordFault } from '@rukun/core/access';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { ruleWords, tp } from './password-words.ts';

/** What is shown to everybody; the others only to who breaks them. */
const SHOWN: readonly PasswordFault[] = ['short', 'user-name', 'common'];

/** A new password with its rules, which say at every letter whether they are met. */
@customElement('rk-new-password')
export class RkNewPassword extends RkElement {
  @property() userName = '';
  /** The one it takes the place of, where it is known. */
  @property() former = '';
  @state() private typed = '';
  @state() private isShown = false;
  @query('input') private input!: HTMLInputElement;

  static override styles = [
    shared,
    buttons,
    fields,
    css`
      .with-button {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--rk-gap-s);
      }
      ul {
        display: grid;
        gap: var(--rk-gap-xs);
        margin: var(--rk-gap-s) 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--rk-gap-s);
        align-items: center;
      }
    `,
  ];

  get value(): string {
    return this.typed;
  }

  /** What is wrong with it; empty if it may be sent. */
  get faults(): readonly PasswordFault[] {
    const faults = passwordFaults(this.typed, this.userName);
    return this.former !== '' && this.typed === this.former ? [...faults, 'same'] : faults;
  }

  override focus(): void {
    this.input.focus();
  }

  override render() {
    const { faults } = this;
    const rules = [...SHOWN, ...faults.filter((fault) => !SHOWN.includes(fault))];
    return html`<div class="field">
      <label for="new">${tp('new')}</label>
      <div class="with-button">
        <input
          id="new"
          class="input"
          name="new-password"
          type=${this.isShown ? 'text' : 'password'}
          autocomplete="new-password"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          maxlength=${PASSWORD_LENGTH.most + 1}
          aria-describedby="rules"
          required
          @input=${() => (this.typed = this.input.value)}
        />
        <button
          class="button square"
          type="button"
          aria-pressed=${this.isShown ? 'true' : 'false'}
          data-show-password
          @click=${() => (this.isShown = !this.isShown)}
        >
          ${icon('eye')}<span class="unseen">${t('sign-in.show')}</span>
        </button>
      </div>
      <ul id="rules" class="small">
        ${rules.map((rule) => this.#rule(rule, this.typed !== '' && !faults.includes(rule)))}
      </ul>
      <p class="small quiet">${tp('new.advice')}</p>
    </div>`;
  }

  #rule(rule: PasswordFault, isMet: boolean) {
    return html`<li data-rule=${rule} data-met=${isMet ? 'true' : 'false'}>
      ${icon(isMet ? 'check' : 'circle')}
      <span>${ruleWords(rule)}<span class="unseen"> (${tp(isMet ? 'rule.met' : 'rule.unmet')})</span></span>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-new-password': RkNewPassword;
  }
}
