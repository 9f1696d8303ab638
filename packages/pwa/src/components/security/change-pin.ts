import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { answerWords } from '../../screens/lock/lock-words.ts';
import { icon } from '../../styles/icons.ts';
import { notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import '../pin-pad/pin-pad.ts';
import { ts, type SecurityKey } from './security-words.ts';
import { t } from '../../i18n/translate.ts';

type Step = 'before' | 'after' | 'again';

/** Asks for the PIN, then for another one, twice. Sends `rk-changed` once that opens the vault. */
@customElement('rk-change-pin')
export class RkChangePin extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private step: Step = 'before';
  @state() private problem = '';
  @state() private isBusy = false;
  #before = '';
  #after = '';

  static override styles = [
    shared,
    notices,
    css`
      .steps {
        display: grid;
        gap: var(--rk-gap-m);
        max-width: 20rem;
        margin: 0 auto;
      }
      h3 {
        text-align: center;
      }
    `,
  ];

  override render(): TemplateResult {
    const label = ts(this.step satisfies SecurityKey);
    return html`<div class="steps" data-step=${this.step}>
      <h3>${label}</h3>
      ${
        this.problem === ''
          ? nothing
          : html`<div class="notice error" role="alert">
              ${icon('error')}
              <p class="fill">${this.problem}</p>
            </div>`
      }
      <rk-pin-pad
        .label=${label}
        .disabled=${this.isBusy}
        @rk-pin=${(event: CustomEvent<string>) => void this.#typed(event.detail)}
      ></rk-pin-pad>
    </div>`;
  }

  async #typed(pin: string): Promise<void> {
    this.problem = '';
    if (this.step === 'before') {
      this.#before = pin;
      this.step = 'after';
    } else if (this.step === 'after') {
      if (this.app.lock.judge(pin) !== null) {
        this.problem = t('pin.easy');
        return;
      }
      this.#after = pin;
      this.step = 'again';
    } else if (pin === this.#after) await this.#change();
    else {
      this.problem = t('pin.differs');
      this.step = 'after';
    }
  }

  async #change(): Promise<void> {
    this.isBusy = true;
    const answer = await this.app.lock.changePin(this.#before, this.#after);
    this.isBusy = false;
    this.#before = '';
    this.#after = '';
    this.problem = answerWords(answer);
    this.step = 'before';
    if (answer.is === 'open') this.send('rk-changed');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-change-pin': RkChangePin;
  }
}
