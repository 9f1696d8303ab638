import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, Gate } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/pin-pad/pin-pad.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { lockStyles } from './lock.styles.ts';
import type { DoorKey } from '../../i18n/messages.ts';

const WHY = {
  first: 'pin.why-first',
  forgotten: 'pin.why-forgotten',
  older: 'pin.why-older',
} as const satisfies Record<string, DoorKey>;

/** A PIN, typed twice, before anything of a person is stored on the device. */
@customElement('rk-choose-pin-screen')
export class RkChoosePinScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) gate!: Extract<Gate, { at: 'choose-pin' }>;
  @state() private first = '';
  @state() private problem: DoorKey | null = null;
  @state() private isBusy = false;

  static override styles = [shared, buttons, notices, lockStyles];

  override render(): TemplateResult {
    const title = t(this.first === '' ? 'pin.choose' : 'pin.again');
    return html`<main data-choose-pin=${this.first === '' ? 'first' : 'again'}>
      <h1>${title}</h1>
      <div class="card">
        <p class="lead"><strong>${this.gate.name}</strong></p>
        <p class="lead quiet">${t(WHY[this.gate.why])}</p>
        ${
          this.problem
            ? html`<div class="notice error" role="alert" data-pin-problem=${this.problem}>
                ${icon('error')}
                <p class="fill">${t(this.problem)}</p>
              </div>`
            : nothing
        }
        ${this.isBusy ? html`<p class="lead quiet" role="status">${t('lock.opening')}</p>` : nothing}
        <rk-pin-pad
          .label=${title}
          .disabled=${this.isBusy}
          @rk-pin=${(event: CustomEvent<string>) => void this.#typed(event.detail)}
        ></rk-pin-pad>
      </div>
      <div class="ways">
        <button
          class="button bare"
          type="button"
          data-back
          ?disabled=${this.isBusy}
          @click=${this.first === '' ? () => void this.app.lock.giveUp() : () => (this.first = '')}
        >
          ${icon('back')} ${t('action.back')}
        </button>
      </div>
    </main>`;
  }

  async #typed(pin: string): Promise<void> {
    this.problem = null;
    if (this.first === '') {
      if (this.app.lock.judge(pin) === null) this.first = pin;
      else this.problem = 'pin.easy';
      return;
    }
    const { first } = this;
    this.first = '';
    if (pin !== first) {
      this.problem = 'pin.differs';
      return;
    }
    this.isBusy = true;
    const chosen = await this.app.lock.choosePin(pin);
    this.isBusy = false;
    if (!chosen.ok) this.problem = 'pin.not-stored';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-choose-pin-screen': RkChoosePinScreen;
  }
}
