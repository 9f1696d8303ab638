import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Session } from '../../app/app.ts';
import '../../components/dialog/dialog.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/finding-list/finding-list.ts';
import { offersEvent } from '@rukun/core/access';
import { next, orderEvents, type EventType, type StatusEvent } from '@rukun/core/household';
import type { MessageKey } from '../../i18n/messages.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import type { FormModel } from './form-model.ts';
import { jumpRows } from './jump-rows.ts';

interface StatusAction {
  readonly type: EventType;
  readonly label: MessageKey;
  readonly ask: MessageKey;
  readonly kind: 'go' | 'danger' | '';
  readonly needsReason: boolean;
}

const WITHDRAW: StatusAction = {
  type: 'withdrawn',
  label: 'status.withdraw',
  ask: 'status.withdraw-ask',
  kind: '',
  needsReason: false,
};
const APPROVE: StatusAction = {
  type: 'approved',
  label: 'status.approve',
  ask: 'status.approve-ask',
  kind: 'go',
  needsReason: false,
};
const RETURN: StatusAction = {
  type: 'returned',
  label: 'status.return',
  ask: 'status.return-ask',
  kind: 'danger',
  needsReason: true,
};
const REVOKE: StatusAction = {
  type: 'revoked',
  label: 'status.revoke',
  ask: 'status.revoke-ask',
  kind: '',
  needsReason: true,
};

const ACTIONS = [WITHDRAW, APPROVE, RETURN, REVOKE] as const;

/** What state the family is in, why, and what this person may do about it. Sends `rk-status` with the event. */
@customElement('rk-status-banner')
export class RkStatusBanner extends RkElement {
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) session!: Session;
  @state() private asking: StatusAction | null = null;
  @state() private reason = '';

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      .notice {
        border-width: 0 0 1px;
        border-radius: 0;
        padding: var(--rk-gap-m) var(--rk-gap-l);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--rk-gap-s);
        margin-top: var(--rk-gap-s);
      }
      form {
        display: grid;
        gap: var(--rk-gap-m);
      }
      rk-finding-list {
        margin-top: var(--rk-gap-s);
        color: var(--rk-ink);
      }
    `,
  ];

  override render() {
    const { model } = this;
    if (model.state === 'draft' || model.state === 'open') return nothing;
    const latest = latestChange(model);
    const kind = { submitted: 'info', returned: 'error', approved: 'good' }[model.state];
    return html`<div class="notice ${kind}" data-state=${model.state}>
        ${icon(model.state === 'returned' ? 'error' : model.state === 'approved' ? 'check' : 'info')}
        <div class="fill">
          <p><strong>${t(`status.${model.state}`)}</strong> ${latest ? this.#by(latest) : nothing}</p>
          ${latest && latest.reason !== '' ? html`<p data-reason>${t('status.reason', { reason: latest.reason })}</p>` : nothing}
          ${
            model.state === 'returned' && model.openRemarks.length > 0
              ? html`<rk-finding-list .rows=${jumpRows('remarks', model)}></rk-finding-list>`
              : nothing
          }
          ${this.#actions()}
        </div>
      </div>
      ${this.#dialog()}`;
  }

  #by(event: StatusEvent) {
    const name = this.session.nameOf(event.by) || t('person.unknown');
    return html`<span class="small">${name} · ${formatMoment(event.at)}</span>`;
  }

  #actions() {
    const role = this.session.me.get()?.person.role;
    const { state } = this.model;
    const actions = ACTIONS.filter(({ type }) => role && offersEvent(role, type, state));
    if (actions.length === 0) return nothing;
    return html`<div class="actions">
      ${actions.map(
        (action) =>
          html`<button
            class="button ${action.kind}"
            type="button"
            data-status=${action.type}
            @click=${() => this.#ask(action)}
          >
            ${t(action.label)}
          </button>`,
      )}
    </div>`;
  }

  #dialog() {
    const action = this.asking;
    return html`<rk-dialog
      .open=${action !== null}
      .heading=${action ? t(action.label) : ''}
      @rk-close=${() => (this.asking = null)}
    >
      ${
        action
          ? html`<form @submit=${this.#confirm}>
              <p>${t(action.ask)}</p>
              ${
                action.needsReason
                  ? html`<label class="field"
                      ><span class="label">${t('status.reason-field')}</span>
                      <textarea
                        class="input"
                        rows="3"
                        maxlength="500"
                        data-status-reason
                        required
                        @input=${(event: InputEvent) => (this.reason = (event.target as HTMLTextAreaElement).value.trim())}
                      ></textarea>
                    </label>`
                  : nothing
              }
              <button
                class="button ${action.kind === 'danger' ? 'danger full' : 'go'}"
                type="submit"
                data-status-confirm
                ?disabled=${action.needsReason && this.reason === ''}
              >
                ${t(action.label)}
              </button>
              <button class="button" type="button" @click=${() => (this.asking = null)}>
                ${t('action.cancel')}
              </button>
            </form>`
          : nothing
      }
    </rk-dialog>`;
  }

  #ask(action: StatusAction): void {
    this.reason = '';
    this.asking = action;
  }

  readonly #confirm = (event: Event): void => {
    event.preventDefault();
    if (!this.asking || (this.asking.needsReason && this.reason === '')) return;
    this.send('rk-status', { type: this.asking.type, reason: this.reason });
    this.asking = null;
  };
}

/** The event that made the state what it is now. */
function latestChange(model: FormModel): StatusEvent | null {
  let state: FormModel['state'] = 'draft';
  let latest: StatusEvent | null = null;
  for (const event of orderEvents(model.snapshot.events)) {
    const after = next(state, event.type);
    if (after !== state || event.type === after) latest = event;
    state = after;
  }
  return latest;
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-status-banner': RkStatusBanner;
  }
}
