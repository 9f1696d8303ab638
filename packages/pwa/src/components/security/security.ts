import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { IDLE_MINUTES } from '../../app/pin-rules.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import { Watch } from '../watch.ts';
import './change-pin.ts';
import { ts, type SecurityKey } from './security-words.ts';
import { answerWords } from '../../screens/lock/lock-words.ts';
import '../pin-pad/pin-pad.ts';

type Said = Extract<
  SecurityKey,
  'changed' | 'not-stored' | 'device-added' | 'device-dropped' | 'device-denied'
>;

/** How this device is locked: after how long, and by which PIN. Sends `rk-close`. */
@customElement('rk-security')
export class RkSecurity extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private asking: 'change' | 'device' | null = null;
  @state() private isBusy = false;
  @state() private problem = '';
  @state() private said: Said | null = null;
  readonly #settings = new Watch(this, () => this.app.lock.settings);

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      .settings {
        display: grid;
        gap: var(--rk-gap-l);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<rk-dialog open .heading=${ts('title')} @rk-close=${() => this.send('rk-close')}>
      <div class="settings" data-security>${this.#said()} ${this.#content()}</div>
    </rk-dialog>`;
  }

  #content(): TemplateResult {
    if (this.asking === 'change')
      return html`<rk-change-pin .app=${this.app} @rk-changed=${this.#changed}></rk-change-pin>`;
    if (this.asking === null) return this.#choices();
    return html`<p>${ts('before')}</p>
      ${
        this.problem === ''
          ? nothing
          : html`<div class="notice error" role="alert">
              ${icon('error')}
              <p class="fill">${this.problem}</p>
            </div>`
      }
      <rk-pin-pad
        .label=${ts('before')}
        .disabled=${this.isBusy}
        @rk-pin=${(event: CustomEvent<string>) => void this.#add(event.detail)}
      ></rk-pin-pad>`;
  }

  #said(): unknown {
    if (this.said === null) return nothing;
    const isGood = this.said !== 'not-stored' && this.said !== 'device-denied';
    return html`<div class="notice ${isGood ? 'good' : 'error'}" role="status" data-said=${this.said}>
      ${icon(isGood ? 'check' : 'error')}
      <p class="fill">${ts(this.said)}</p>
    </div>`;
  }

  #choices(): TemplateResult {
    const chosen = this.#settings.value?.idleMinutes;
    return html`<div class="field">
        <label for="idle">${ts('idle')}</label>
        <select id="idle" class="input" data-idle @change=${this.#chosen}>
          ${IDLE_MINUTES.map(
            (count) =>
              html`<option value=${count} ?selected=${count === chosen}>${ts('minutes', { count })}</option>`,
          )}
        </select>
      </div>
      <button class="button" type="button" data-change-pin @click=${() => (this.asking = 'change')}>
        ${icon('lock')} ${ts('change')}
      </button>
      ${this.#device()}`;
  }

  #device(): unknown {
    const isSetUp = this.#settings.value?.authenticator ?? null;
    if (isSetUp === null) return nothing;
    return html`<button class="button" type="button" data-device=${isSetUp} @click=${this.#deviceChosen}>
      ${icon('phone')} ${ts(isSetUp ? 'device-drop' : 'device-add')}
    </button>`;
  }

  readonly #deviceChosen = async (): Promise<void> => {
    this.said = null;
    if (this.#settings.value?.authenticator !== true) {
      this.asking = 'device';
      return;
    }
    try {
      await this.app.lock.dropAuthenticator();
      this.said = 'device-dropped';
    } catch {
      this.said = 'not-stored';
    }
  };

  async #add(pin: string): Promise<void> {
    this.isBusy = true;
    const answer = await this.app.lock.addAuthenticator(pin);
    this.isBusy = false;
    if (answer.is === 'open' || answer.is === 'denied') {
      this.asking = null;
      this.problem = '';
      this.said = answer.is === 'open' ? 'device-added' : 'device-denied';
    } else this.problem = answerWords(answer);
  }

  readonly #chosen = async (event: Event): Promise<void> => {
    this.said = null;
    try {
      await this.app.lock.setIdleMinutes(Number((event.target as HTMLSelectElement).value));
    } catch {
      this.said = 'not-stored';
    }
  };

  readonly #changed = (): void => {
    this.asking = null;
    this.said = 'changed';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-security': RkSecurity;
  }
}
