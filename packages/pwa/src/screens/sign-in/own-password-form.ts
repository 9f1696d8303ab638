import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Failure } from '@rukun/core/foundation';
import type { App } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/password/new-password.ts';
import { passwordFailure } from '../../components/password/password-failure.ts';
import { tp } from '../../components/password/password-words.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';

/**
 * Who signed in with a one-time password makes an own one; only with that the sign-in is complete. Sends `rk-given-back` with the
 * failure that has to be seen to first, or null.
 */
@customElement('rk-own-password-form')
export class RkOwnPasswordForm extends RkElement {
  @property({ attribute: false }) app!: App;
  @property() userName = '';
  /** The one-time password. */
  @property() given = '';
  @state() private failure: Failure | null = null;
  @state() private isBusy = false;
  @query('rk-new-password') private next!: HTMLElementTagNameMap['rk-new-password'];

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      form {
        display: grid;
        gap: var(--rk-gap-l);
      }
    `,
  ];

  override render() {
    return html`<form @submit=${this.#submit} novalidate data-own-password>
      <h2>${tp('own.title')}</h2>
      <p>${tp('own.lead')}</p>
      ${this.failure ? passwordFailure(this.failure) : nothing}
      <rk-new-password .userName=${this.userName} .former=${this.given}></rk-new-password>
      <button class="button main" type="submit" ?disabled=${this.isBusy} data-save-password>
        ${tp(this.isBusy ? 'busy' : 'own.save')}
      </button>
      <button class="button" type="button" data-back @click=${() => this.send('rk-given-back', null)}>
        ${icon('back')} ${t('action.back')}
      </button>
    </form>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.next.faults.length > 0) {
      this.next.focus();
      return;
    }
    this.isBusy = true;
    this.failure = null;
    const result = await this.app.session.signIn(this.userName, this.given, this.next.value);
    this.isBusy = false;
    if (result.ok) return;
    const { failure } = result;
    // The own password is set by then, or the one-time one is no longer good: the way goes on where both are typed.
    const isHere = ['bad-content', 'rate-limited', 'unavailable'].includes(failure.code);
    if (isHere) this.failure = failure;
    else this.send('rk-given-back', failure);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-own-password-form': RkOwnPasswordForm;
  }
}
