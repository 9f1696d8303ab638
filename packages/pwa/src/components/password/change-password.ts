import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Failure } from '@rukun/core/foundation';
import type { App } from '../../app/app.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import './new-password.ts';
import { passwordFailure } from './password-failure.ts';
import { tp } from './password-words.ts';

/** Another password in the place of the present one. Sends `rk-close` when it is over. */
@customElement('rk-change-password')
export class RkChangePassword extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private failure: Failure | null = null;
  @state() private isBusy = false;
  @state() private isDone = false;
  @query('[name=current]') private current!: HTMLInputElement;
  @query('rk-new-password') private next!: HTMLElementTagNameMap['rk-new-password'];

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      form {
        display: grid;
        gap: var(--rk-gap-m);
      }
    `,
  ];

  override render() {
    return html`<rk-dialog open .heading=${tp('change.title')} @rk-close=${() => this.send('rk-close')}>
      ${
        this.isDone
          ? html`<p role="status" data-password-changed>${icon('check')} ${tp('change.done')}</p>`
          : html`<form @submit=${this.#submit} novalidate>
              ${this.failure ? passwordFailure(this.failure) : nothing}
              <p class="small">${tp('change.lead')}</p>
              <div class="field">
                <label for="current">${tp('change.current')}</label>
                <input
                  id="current"
                  class="input"
                  name="current"
                  type="password"
                  autocomplete="current-password"
                  required
                />
              </div>
              <rk-new-password></rk-new-password>
              <button class="button main" type="submit" ?disabled=${this.isBusy} data-change-password>
                ${tp(this.isBusy ? 'busy' : 'change.save')}
              </button>
            </form>`
      }
    </rk-dialog>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const current = this.current.value;
    this.next.former = current;
    if (current === '' || this.next.faults.length > 0) {
      (current === '' ? this.current : this.next).focus();
      return;
    }
    this.isBusy = true;
    this.failure = null;
    const changed = await this.app.session.changePassword(current, this.next.value);
    this.isBusy = false;
    if (changed.ok) this.isDone = true;
    else this.failure = changed.failure;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-change-password': RkChangePassword;
  }
}
