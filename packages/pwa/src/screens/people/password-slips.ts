import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ROLES } from '@rukun/core/foundation';
import { csvLine, IMPORT_COLUMNS, type PasswordSlip } from '@rukun/core/people';
import { go } from '../../app/routes.ts';
import { RkElement } from '../../components/element.ts';
import { t, tx } from '../../i18n/translate.ts';
import { saveFile } from '../../platform/hand-over.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { ti } from './import-words.ts';
import { peopleStyles } from './people.styles.ts';

/** Slips shown on the screen; all of them are printed and in the file. */
const MOST_SHOWN = 20;

/** The one-time passwords of new people: to be downloaded or printed now, since they are nowhere else. Sends `rk-kept`. */
@customElement('rk-password-slips')
export class RkPasswordSlips extends RkElement {
  @property({ attribute: false }) slips: readonly PasswordSlip[] = [];
  @state() private isKept = false;
  @state() private isAsking = false;

  static override styles = [
    shared,
    buttons,
    notices,
    peopleStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--rk-gap-l);
        min-height: 0;
      }
      .slips {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
        gap: var(--rk-gap-m);
      }
      .slip {
        display: grid;
        gap: var(--rk-gap-xs);
        padding: var(--rk-gap-m);
        border: 1px dashed var(--rk-line-strong);
        border-radius: var(--rk-radius);
        background: var(--rk-surface);
        overflow-wrap: anywhere;
        break-inside: avoid;
      }
      .password {
        font-family: ui-monospace, monospace;
        font-size: var(--rk-text-l);
        font-weight: 700;
      }
      @media screen {
        .slip.more {
          display: none;
        }
      }
      @media print {
        .screen {
          display: none;
        }
        .slips {
          grid-template-columns: 1fr 1fr;
        }
        .slip {
          border-color: #000000;
          background: #ffffff;
          color: #000000;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#leaving);
  }

  override render() {
    return html`<div class="notice warning screen" role="alert">
        ${icon('warning')}
        <p class="fill">${ti('slips-lead')}</p>
        <div class="ways">
          <button class="button" type="button" data-slips-save @click=${this.#save}>
            ${icon('save')} ${ti('slips-save')}
          </button>
          <button class="button" type="button" data-slips-print @click=${this.#print}>
            ${ti('slips-print')}
          </button>
        </div>
      </div>
      <div class="slips" data-slips=${this.slips.length}>
        ${this.slips.map((slip, index) => this.#slip(slip, index))}
      </div>
      ${this.slips.length > MOST_SHOWN ? html`<p class="quiet screen">+ ${this.slips.length - MOST_SHOWN}</p>` : nothing}
      ${this.isAsking ? this.#asking() : html`<div class="ways screen"><button class="button main" type="button" data-finish @click=${this.#finish}>${ti('finish')}</button></div>`}`;
  }

  #slip({ name, userName, role, password }: PasswordSlip, index: number) {
    return html`<div class="slip ${index < MOST_SHOWN ? '' : 'more'}" data-slip=${userName}>
      <strong>${name}</strong>
      <span class="small">${tx(ROLES[role])}</span>
      <span class="small">${tx(IMPORT_COLUMNS.userName)}: <strong>${userName}</strong></span>
      <span class="small">${ti('slip-password')}:</span>
      <span class="password">${password}</span>
      <span class="small">${ti('slip-use')}</span>
    </div>`;
  }

  #asking() {
    return html`<div class="asking screen" role="alert">
      <p>${ti('finish-ask')}</p>
      <div class="ways">
        <button class="button danger full" type="button" data-finish-anyway @click=${this.#leave}>
          ${ti('finish-anyway')}
        </button>
        <button class="button" type="button" @click=${() => (this.isAsking = false)}>
          ${t('action.cancel')}
        </button>
      </div>
    </div>`;
  }

  readonly #save = (): void => {
    const header = [
      tx(IMPORT_COLUMNS.userName),
      tx(IMPORT_COLUMNS.name),
      tx(IMPORT_COLUMNS.role),
      ti('slip-password'),
    ];
    const rows = this.slips.map(({ userName, name, role, password }) => [
      userName,
      name,
      tx(ROLES[role]),
      password,
    ]);
    const text = `\uFEFF${[header, ...rows].map(csvLine).join('')}`;
    saveFile(new File([text], `${ti('slips-file')}.csv`, { type: 'text/csv' }));
    this.#kept();
  };

  readonly #print = (): void => {
    this.#kept();
    print();
  };

  readonly #finish = (): void => {
    if (this.isKept) this.#leave();
    else this.isAsking = true;
  };

  #kept(): void {
    this.isKept = true;
    this.send('rk-kept');
  }

  readonly #leave = (): void => {
    this.send('rk-kept');
    go('/orang', true);
  };

  /** Closing the page by accident would cost the passwords. */
  readonly #leaving = (event: BeforeUnloadEvent): void => {
    if (!this.isKept) event.preventDefault();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-password-slips': RkPasswordSlips;
  }
}
