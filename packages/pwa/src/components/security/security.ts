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
import { ts } from './security-words.ts';

/** How this device is locked: after how long, and by which PIN. Sends `rk-close`. */
@customElement('rk-security')
export class RkSecurity extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private isChanging = false;
  @state() private said: 'changed' | 'not-stored' | null = null;
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
      <div class="settings" data-security>
        ${this.#said()}
        ${
          this.isChanging
            ? html`<rk-change-pin .app=${this.app} @rk-changed=${this.#changed}></rk-change-pin>`
            : this.#choices()
        }
      </div>
    </rk-dialog>`;
  }

  #said(): unknown {
    if (this.said === null) return nothing;
    const isGood = this.said === 'changed';
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
      <button class="button" type="button" data-change-pin @click=${() => (this.isChanging = true)}>
        ${icon('lock')} ${ts('change')}
      </button>`;
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
    this.isChanging = false;
    this.said = 'changed';
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-security': RkSecurity;
  }
}
