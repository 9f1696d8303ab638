import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isRole, ROLES, type Failure, type Role } from '@rukun/core/foundation';
import { IMPORT_REASONS, isImportReason, type PersonEntry, type PersonPatch } from '@rukun/core/people';
import type { App } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import { peopleStyles } from './people.styles.ts';
import { tp } from './people-words.ts';

/** Name, role, code, area, and whether somebody has left, for administrators. Sends `rk-changed` when it was saved. */
@customElement('rk-person-form')
export class RkPersonForm extends RkElement {
  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) person!: PersonEntry;
  /** What is about to be saved and was not confirmed yet. */
  @state() private asked: PersonPatch | null = null;
  @state() private failure: Failure | null = null;
  @state() private step: 'idle' | 'working' | 'saved' = 'idle';

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    peopleStyles,
    css`
      :host {
        min-height: 0;
      }
      summary {
        min-height: var(--rk-touch);
        align-content: center;
        font-weight: 700;
        cursor: pointer;
      }
      .tick {
        display: flex;
        gap: var(--rk-gap-s);
        align-items: center;
        min-height: var(--rk-touch);
      }
      .tick input {
        width: 1.4rem;
        height: 1.4rem;
      }
      .wrong {
        color: var(--rk-error);
        font-size: var(--rk-text-s);
      }
    `,
  ];

  override render() {
    const { name, role, code, area, endedAt } = this.person;
    return html`<details data-edit>
      <summary>${tp('edit')}</summary>
      <form class="stack" @submit=${this.#submit} @input=${this.#typed}>
        <div class="field">
          <label for="name">${tp('name')}</label>
          <input class="input" id="name" name="name" maxlength="100" autocomplete="off" .value=${name} />
          ${this.#wrong('name')}
        </div>
        <div class="field">
          <label for="role">${tp('role')}</label>
          <select class="input" id="role" name="role" data-edit-role>
            ${(Object.keys(ROLES) as Role[]).map((each) => html`<option value=${each} ?selected=${each === role}>${tx(ROLES[each])}</option>`)}
          </select>
          ${this.#wrong('role')}
        </div>
        <div class="field">
          <label for="code">${tp('code')}</label>
          <input class="input" id="code" name="code" maxlength="4" autocomplete="off" .value=${code} />
          <p class="small quiet">${tp('code-why')}</p>
          ${this.#wrong('code')}
        </div>
        <div class="field">
          <label for="area">${tp('area')}</label>
          <input
            class="input"
            id="area"
            name="area"
            maxlength="7"
            inputmode="numeric"
            autocomplete="off"
            .value=${area}
          />
          <p class="small quiet">${tp('area-why')}</p>
          ${this.#wrong('area')}
        </div>
        <label class="tick"
          ><input type="checkbox" name="ended" data-edit-ended ?checked=${endedAt !== null} />
          ${tp('ended')}</label
        >
        ${this.asked ? this.#asking(this.asked) : this.#save()}
      </form>
    </details>`;
  }

  #save() {
    const general = this.failure?.paths ? null : (this.failure?.code ?? null);
    return html`${general ? html`<p class="wrong" role="alert">${general === 'unavailable' ? tp('offline') : t(`error.${general}`)}</p>` : nothing}
      <button class="button main" data-edit-save ?disabled=${this.step === 'working'}>
        ${tp(this.step === 'working' ? 'working' : 'save')}
      </button>
      ${this.step === 'saved' ? html`<p role="status" data-saved>${icon('check')} ${tp('saved')}</p>` : nothing}`;
  }

  #asking(patch: PersonPatch) {
    const { name } = this.person;
    const role = patch.role ?? this.person.role;
    const isLeaving = patch.isEnded === true && this.person.endedAt === null;
    return html`<div class="asking" role="group">
      <p>${isLeaving ? tp('ask-ended', { name }) : tp('ask-role', { name, role: tx(ROLES[role]) })}</p>
      <div class="ways">
        <button
          class="button danger full"
          type="button"
          data-edit-confirm
          @click=${() => void this.#send(patch)}
        >
          ${tp(isLeaving ? 'save-ended' : 'save-role')}
        </button>
        <button class="button" type="button" @click=${() => (this.asked = null)}>
          ${t('action.cancel')}
        </button>
      </div>
    </div>`;
  }

  #wrong(field: 'name' | 'role' | 'code' | 'area') {
    const path = this.failure?.paths?.find((each) => each.startsWith(`${field}/`));
    const reason = path?.slice(field.length + 1);
    return isImportReason(reason)
      ? html`<p class="wrong" role="alert" data-wrong=${reason}>
          ${icon('error')} ${tx(IMPORT_REASONS[reason])}
        </p>`
      : nothing;
  }

  readonly #typed = (): void => {
    this.step = 'idle';
    this.asked = null;
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => {
      const value = data.get(name);
      return typeof value === 'string' ? value : '';
    };
    const role = text('role');
    const patch: PersonPatch = {
      name: text('name'),
      role: isRole(role) ? role : this.person.role,
      code: text('code'),
      area: text('area'),
      isEnded: data.has('ended'),
    };
    this.failure = null;
    const isGrave = patch.role !== this.person.role || patch.isEnded !== (this.person.endedAt !== null);
    if (isGrave) this.asked = patch;
    else void this.#send(patch);
  };

  async #send(patch: PersonPatch): Promise<void> {
    this.asked = null;
    this.step = 'working';
    const people = await this.app.people();
    const done = await people.change(this.person.id, patch);
    this.failure = done.ok ? null : done.failure;
    this.step = done.ok ? 'saved' : 'idle';
    if (done.ok) this.send('rk-changed');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-person-form': RkPersonForm;
  }
}
