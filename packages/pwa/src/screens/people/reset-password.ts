import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ErrorCode } from '@rukun/core/foundation';
import type { PersonEntry } from '@rukun/core/people';
import type { App } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { failureNotice } from './failure-notice.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';

type Step =
  | { readonly step: 'idle' | 'asking' | 'working' }
  | { readonly step: 'done'; readonly password: string; readonly copied: boolean | null }
  | { readonly step: 'failed'; readonly code: ErrorCode };

/** Gives somebody a one-time password, shown once and kept nowhere. Sends `rk-changed`. */
@customElement('rk-reset-password')
export class RkResetPassword extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) person!: PersonEntry;
  @state() private step: Step = { step: 'idle' };

  static override styles = [
    shared,
    buttons,
    notices,
    peopleStyles,
    css`
      :host {
        min-height: 0;
      }
      .password {
        font-family: ui-monospace, monospace;
        font-size: var(--rk-text-xl);
        font-weight: 700;
        line-height: 1.6;
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];

  override render() {
    const { step } = this;
    switch (step.step) {
      case 'asking':
      case 'working':
        return this.#asking(step.step === 'working');
      case 'failed':
        return failureNotice(step.code, () => void this.#reset());
      case 'done':
        return this.#shown(step.password, step.copied);
      case 'idle':
      default:
        return html`<button
          class="button"
          type="button"
          data-reset
          @click=${() => (this.step = { step: 'asking' })}
        >
          ${icon('sync')} ${tp('reset')}
        </button>`;
    }
  }

  #asking(isWorking: boolean) {
    return html`<div class="asking" role="group">
      <p>${tp('ask-reset', { name: this.person.name })}</p>
      <div class="ways">
        <button
          class="button danger full"
          type="button"
          data-reset-confirm
          ?disabled=${isWorking}
          @click=${() => void this.#reset()}
        >
          ${tp(isWorking ? 'working' : 'reset-yes')}
        </button>
        <button class="button" type="button" @click=${this.#over}>${t('action.cancel')}</button>
      </div>
    </div>`;
  }

  #shown(password: string, copied: boolean | null) {
    return html`<div class="asking" role="status">
      <p><strong>${tp('reset-done', { name: this.person.name })}</strong></p>
      <p class="password" data-one-time>${password}</p>
      <p>${tp('reset-tell')}</p>
      <div class="ways">
        <button class="button" type="button" @click=${() => void this.#copy(password)}>
          ${tp(copied === null ? 'copy' : copied ? 'copied' : 'copy-failed')}
        </button>
        <button class="button main" type="button" @click=${this.#over}>${tp('done')}</button>
      </div>
    </div>`;
  }

  async #reset(): Promise<void> {
    this.step = { step: 'working' };
    const people = await this.app.people();
    const answer = await people.resetPassword(this.person.id);
    this.step = answer.ok
      ? { step: 'done', password: answer.value, copied: null }
      : { step: 'failed', code: answer.failure.code };
    if (answer.ok) this.send('rk-changed');
  }

  async #copy(password: string): Promise<void> {
    const copied = await navigator.clipboard.writeText(password).then(
      () => true,
      () => false,
    );
    if (this.step.step === 'done') this.step = { ...this.step, copied };
  }

  readonly #over = (): void => {
    this.step = { step: 'idle' };
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-reset-password': RkResetPassword;
  }
}
