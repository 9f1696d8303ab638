import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ErrorCode } from '@rukun/core/foundation';
import type { DeviceInfo } from '@rukun/core/protocol';
import type { App } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { failureNotice } from './failure-notice.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';

/** The devices of one person, with the way to shut one out. Sends `rk-changed` when one was. */
@customElement('rk-device-list')
export class RkDeviceList extends RkElement {
  @property({ attribute: false }) app!: App;
  /** Person id. */
  @property() person = '';
  /** They are one's own. */
  @property({ type: Boolean }) own = false;
  @property({ type: Boolean }) mayRevoke = true;
  @state() private devices: readonly DeviceInfo[] | null = null;
  @state() private failure: ErrorCode | null = null;
  /** Which one it is asked about. */
  @state() private asked: string | null = null;
  @state() private isWorking = false;

  static override styles = [
    shared,
    buttons,
    notices,
    peopleStyles,
    css`
      :host {
        min-height: 0;
      }
      .device {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        gap: var(--rk-gap-s) var(--rk-gap-m);
        align-items: start;
        padding: var(--rk-gap-s) 0;
        border-top: 1px solid var(--rk-line);
        overflow-wrap: anywhere;
      }
      .device > .icon {
        width: 1.6rem;
        height: 1.6rem;
        color: var(--rk-ink-soft);
      }
      .device .asking {
        grid-column: 1 / -1;
      }
      details {
        border-top: 1px solid var(--rk-line);
      }
      summary {
        min-height: var(--rk-touch);
        align-content: center;
        cursor: pointer;
      }
      @media (max-width: 24rem) {
        .device .button {
          grid-column: 2;
          justify-self: start;
        }
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('person') || changed.has('app')) void this.load();
  }

  override render() {
    if (this.failure) return failureNotice(this.failure, () => void this.load());
    if (!this.devices) return html`<p class="quiet" role="status">${tp('loading')}</p>`;
    const isOver = ({ end, handedInAt }: DeviceInfo) =>
      end?.reason === 'signed-out' || (end !== null && handedInAt !== null);
    const earlier = this.devices.filter(isOver);
    const present = this.devices.filter((device) => !isOver(device));
    return html`${present.length === 0 ? html`<p class="quiet" data-no-devices>${tp('devices-none')}</p>` : nothing}
      <ul>
        ${present.map((device) => this.#device(device))}
      </ul>
      ${
        earlier.length > 0
          ? html`<details>
              <summary>${tp('earlier-devices', { count: earlier.length })}</summary>
              <ul>
                ${earlier.map((device) => this.#device(device))}
              </ul>
            </details>`
          : nothing
      }`;
  }

  #device(device: DeviceInfo) {
    const { id, label, isThis, end } = device;
    const canRevoke = this.mayRevoke && !isThis && end?.reason !== 'revoked' && end?.reason !== 'signed-out';
    return html`<li class="device" data-device=${id} data-device-end=${end?.reason ?? ''}>
      ${icon('phone')}
      <div>
        <strong>${label}</strong>
        ${isThis ? html`<span class="pill active">${tp('this-device')}</span>` : nothing}
        <p class="small quiet">${end ? endWords(device) : seen(device)}</p>
        <p class="small quiet">${tp('enrolled', { at: formatMoment(device.enrolledAt) })}</p>
        ${isThis ? html`<p class="small quiet">${tp('this-why')}</p>` : nothing}
      </div>
      ${
        canRevoke && this.asked !== id
          ? html`<button
              class="button danger"
              type="button"
              data-revoke=${id}
              aria-label=${tp('revoke-of', { device: label })}
              @click=${() => (this.asked = id)}
            >
              ${tp(this.own ? 'revoke-own' : 'revoke')}
            </button>`
          : nothing
      }
      ${this.asked === id ? this.#asking(id) : nothing}
    </li>`;
  }

  #asking(id: string) {
    return html`<div class="asking" role="group">
      <p>${tp('ask-revoke')}</p>
      <div class="ways">
        <button
          class="button danger full"
          type="button"
          data-revoke-confirm
          ?disabled=${this.isWorking}
          @click=${() => void this.#revoke(id)}
        >
          ${tp(this.isWorking ? 'working' : 'revoke-yes')}
        </button>
        <button class="button" type="button" @click=${() => (this.asked = null)}>
          ${t('action.cancel')}
        </button>
      </div>
    </div>`;
  }

  async #revoke(id: string): Promise<void> {
    this.isWorking = true;
    const people = await this.app.people();
    const done = await people.revoke(id);
    this.isWorking = false;
    this.asked = null;
    if (!done.ok) this.failure = done.failure.code;
    else {
      await this.load();
      this.send('rk-changed');
    }
  }

  /** Asks for them anew. */
  async load(): Promise<void> {
    const { person } = this;
    if (person === '') return;
    const people = await this.app.people();
    const answer = await people.devices(person);
    if (person !== this.person) return;
    this.failure = answer.ok ? null : answer.failure.code;
    if (answer.ok) this.devices = answer.value;
  }
}

function seen({ lastSeenAt }: DeviceInfo): string {
  return tp('seen', { at: formatMoment(lastSeenAt) });
}

function endWords({ end, handedInAt }: DeviceInfo): string {
  if (end === null) return '';
  if (end.reason === 'revoked' && handedInAt !== null)
    return tp('end-handed-in', { at: formatMoment(handedInAt) });
  return tp(`end-${end.reason}`, { at: formatMoment(end.at) });
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-device-list': RkDeviceList;
  }
}
