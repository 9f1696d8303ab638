import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { OpenHousehold } from '../../app/app.ts';
import '../../components/dialog/dialog.ts';
import type { FormActions } from '../../components/question/question-view.ts';
import type { RkMembership } from '../../components/standing/membership.ts';
import { RkElement } from '../../components/element.ts';
import type { MemberSnapshot, Value } from '@rukun/core/household';
import type { Form } from '@rukun/core/questionnaire';
import type { MessageKey } from '../../i18n/messages.ts';
import { t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import {
  addMember,
  chooseMembership,
  moveMember,
  REMOVED,
  removeMember,
  renumber,
  restoreMember,
} from './form-actions.ts';
import type { FormModel, PageState } from './form-model.ts';
import { rosterStyles } from './roster-page.styles.ts';

const REASONS = [
  'roster.reason-double',
  'roster.reason-mistake',
  'roster.reason-other-family',
] as const satisfies readonly MessageKey[];

/** The members of the family: add, order, take out with a reason, bring back. */
@customElement('rk-roster-page')
export class RkRosterPage extends RkElement {
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) actions!: FormActions;
  @property({ type: Boolean }) readonly = false;
  @query('[data-add-member]') private addButton!: HTMLElement | null;
  @state() private removing: MemberSnapshot | null = null;
  @state() private reason = '';
  @state() private justRemoved: MemberSnapshot | null = null;
  /** What takes the focus as soon as it is there. */
  #nextFocus = '';

  static override styles = [shared, buttons, fields, notices, rosterStyles];

  protected override willUpdate(): void {
    // Rarely needed, so fetched then; until it is there the question stands in plain words.
    if (this.model.snapshot.members.some(({ id }) => this.#isTwofold(id))) void this.#loadMembership();
  }

  /** Resolves when it is there, or cannot be fetched now. */
  async #loadMembership(): Promise<void> {
    await import('../../components/standing/membership.ts').catch(() => undefined);
  }

  override render() {
    const { members } = this.model;
    const all = this.model.snapshot.members;
    const out = all.filter((member) => member.removed !== null && !member.isErased);
    const erased = all.filter(({ isErased }) => isErased).length;
    const isOpenQuestion = (member: MemberSnapshot) => this.#isTwofold(member.id);
    const removed = out.filter((member) => !isOpenQuestion(member));
    // Somebody may have brought the member back meanwhile.
    const undoable = removed.find(({ id }) => id === this.justRemoved?.id);
    return html`<p class="lead quiet">${t('roster.lead')}</p>
      ${members.length === 0 ? html`<p class="empty">${t('roster.empty')}</p>` : nothing}
      <ol>
        ${repeat(
          members,
          (member) => member.id,
          (member, index) => this.#row(member, index),
        )}
      </ol>
      ${out.filter(isOpenQuestion).map((member) => html`<div class="twofold">${this.#membership(member)}</div>`)}
      <div class="below">
        ${undoable ? this.#undo(undoable) : nothing}
        ${
          this.readonly
            ? nothing
            : html`${
                  isOutOfOrder(members)
                    ? html`<div class="notice warning">
                        ${icon('warning')}
                        <p class="fill">${t('roster.out-of-order')}</p>
                        <button
                          class="button"
                          type="button"
                          data-renumber
                          @click=${() => renumber(this.open.household)}
                        >
                          ${t('roster.renumber')}
                        </button>
                      </div>`
                    : nothing
                }
                <button class="button main" type="button" data-add-member @click=${this.#add}>
                  ${icon('plus')} ${t('roster.add')}
                </button>`
        }
        ${removed.length > 0 ? this.#removed(removed) : nothing}
        ${erased > 0 ? html`<p class="quiet" data-erased>${t('roster.erased', { count: erased })}</p>` : nothing}
      </div>
      ${this.#dialog()}`;
  }

  #row(member: MemberSnapshot, index: number) {
    const { members, form } = this.model;
    const name = nameOf(member);
    const counts = this.model.pageStates.get(`member/${member.id}`);
    const isHead = member.answers['409'] === '1';
    return html`<li data-member=${member.id}>
      <button class="open" type="button" @click=${() => this.send('rk-open-page', `member/${member.id}`)}>
        <span class="position numbers">${index + 1}</span>
        <span class="who">
          <span class="name">${name}</span>
          <span class="small quiet"
            >${[isHead ? '' : optionOf(form, '409', member), optionOf(form, '405', member), ageOf(member)].filter(Boolean).join(' · ')}</span
          >
          ${isHead ? html`<span class="pill approved">${t('roster.head')}</span>` : nothing}
        </span>
        ${pageMark(counts)}
      </button>
      ${
        this.readonly
          ? nothing
          : html`<span class="tools">
              <button
                class="button bare square"
                type="button"
                data-move="up"
                ?disabled=${index === 0}
                @click=${() => this.#move(index, -1)}
              >
                ${icon('up')}<span class="unseen">${t('roster.up', { name })}</span>
              </button>
              <button
                class="button bare square"
                type="button"
                data-move="down"
                ?disabled=${index === members.length - 1}
                @click=${() => this.#move(index, 1)}
              >
                ${icon('down')}<span class="unseen">${t('roster.down', { name })}</span>
              </button>
              <button class="button bare square" type="button" data-remove @click=${() => this.#ask(member)}>
                ${icon('trash')}<span class="unseen">${t('roster.remove', { name })}</span>
              </button>
            </span>`
      }
      ${this.#isTwofold(member.id) ? html`<div class="twofold">${this.#membership(member)}</div>` : nothing}
    </li>`;
  }

  /** Whether somebody took the member out while somebody else, without having seen that, filled in answers. */
  #isTwofold(id: string): boolean {
    return this.model.standing.includes(`member/${id}/${REMOVED}`);
  }

  #membership(member: MemberSnapshot) {
    return html`<rk-membership
      .path=${`member/${member.id}/${REMOVED}`}
      .name=${nameOf(member)}
      .answers=${this.open.household.standing({ member: member.id, question: REMOVED })}
      .nameOf=${(person: string) => this.actions.nameOf(person)}
      .readonly=${this.readonly}
      @rk-membership=${({ detail }: CustomEvent<Value>) => this.#choose(member, detail)}
      >${nameOf(member)}: ${t('membership.question')}</rk-membership
    >`;
  }

  #undo(member: MemberSnapshot) {
    return html`<div class="notice info" role="status">
      ${icon('info')}
      <p class="fill">${t('roster.removed', { name: nameOf(member) })}</p>
      <button class="button" type="button" data-undo-remove @click=${() => this.#restore(member.id)}>
        ${icon('undo')} ${t('action.undo')}
      </button>
    </div>`;
  }

  #removed(removed: readonly MemberSnapshot[]) {
    return html`<details>
      <summary>${t('roster.removed-list', { count: removed.length })}</summary>
      <ul>
        ${removed.map(
          (member) =>
            html`<li class="gone" data-removed=${member.id}>
              <span class="fill"
                >${nameOf(member)}<br /><span class="small quiet">${member.removed}</span></span
              >
              ${
                this.readonly
                  ? nothing
                  : html`<button
                      class="button"
                      type="button"
                      data-restore
                      @click=${() => this.#restore(member.id)}
                    >
                      ${t('roster.restore')}
                    </button>`
              }
            </li>`,
        )}
      </ul>
    </details>`;
  }

  #dialog() {
    const name = this.removing ? nameOf(this.removing) : '';
    return html`<rk-dialog
      .open=${this.removing !== null}
      .heading=${t('roster.remove', { name })}
      @rk-close=${() => (this.removing = null)}
    >
      <form class="remove" @submit=${this.#remove}>
        <p>${t('roster.remove-lead')}</p>
        <fieldset>
          <legend class="label">${t('roster.reason')}</legend>
          ${REASONS.map(
            (key) =>
              html`<label class="choice"
                ><input
                  type="radio"
                  name="reason"
                  .checked=${this.reason === t(key)}
                  @change=${() => (this.reason = t(key))}
                />
                ${t(key)}</label
              >`,
          )}
          <label class="field"
            ><span>${t('roster.reason-own')}</span>
            <input
              class="input"
              data-reason
              maxlength="200"
              @input=${(event: InputEvent) => (this.reason = (event.target as HTMLInputElement).value.trim())}
          /></label>
        </fieldset>
        <button class="button danger full" type="submit" data-confirm-remove ?disabled=${this.reason === ''}>
          ${t('roster.remove-confirm')}
        </button>
      </form>
    </rk-dialog>`;
  }

  /** Puts the focus on the button that adds a member; false where nobody may add one. */
  focusAdd(): boolean {
    this.addButton?.focus();
    return this.addButton !== null;
  }

  /** Brings a member into view with the focus on what can be done there; false where the member is not shown. */
  async focusMember(id: string): Promise<boolean> {
    await this.updateComplete;
    const membership = [...this.renderRoot.querySelectorAll<RkMembership>('rk-membership')].find(
      ({ path }) => path === `member/${id}/${REMOVED}`,
    );
    if (membership) {
      await this.#loadMembership();
      await membership.updateComplete;
      membership.focus();
      return true;
    }
    const row = this.renderRoot.querySelector(
      `[data-member="${CSS.escape(id)}"], [data-removed="${CSS.escape(id)}"]`,
    );
    const fold = row?.closest('details');
    if (fold) fold.open = true;
    row?.querySelector('button')?.focus();
    row?.scrollIntoView({ block: 'nearest' });
    return row !== null;
  }

  #choose(member: MemberSnapshot, removed: Value): void {
    chooseMembership(this.open.household, member.id, removed);
    this.justRemoved = removed === null ? null : member;
    // The card goes with the choice: the member's row, or the way back, takes the focus.
    this.#nextFocus =
      removed === null ? `[data-member="${CSS.escape(member.id)}"] .open` : '[data-undo-remove]';
  }

  protected override updated(): void {
    const next = this.#nextFocus === '' ? null : this.renderRoot.querySelector<HTMLElement>(this.#nextFocus);
    if (!next) return;
    this.#nextFocus = '';
    next.focus();
  }

  readonly #add = (): void => {
    this.justRemoved = null;
    this.send('rk-added', `member/${addMember(this.open.household)}`);
  };

  #move(index: number, by: 1 | -1): void {
    const { members } = this.model;
    const member = members[index];
    const after = by > 0 ? members[index + 1] : members[index - 2];
    if (member) moveMember(this.open.household, member.id, after?.id ?? null);
  }

  #ask(member: MemberSnapshot): void {
    this.reason = '';
    this.removing = member;
  }

  readonly #remove = (event: Event): void => {
    event.preventDefault();
    if (!this.removing || this.reason === '') return;
    removeMember(this.open.household, this.removing.id, this.reason);
    this.justRemoved = this.removing;
    this.removing = null;
  };

  #restore(id: string): void {
    restoreMember(this.open.household, id);
    if (this.justRemoved?.id === id) this.justRemoved = null;
  }
}

/** The mark of a page: complete, blank or wrong, in drawing and words. */
function pageMark(counts: PageState | undefined) {
  if (!counts) return nothing;
  if (counts.errors > 0)
    return html`<span class="mark error"
      >${icon('error')}${t('page.errors', { count: counts.errors })}</span
    >`;
  if (counts.blank > 0)
    return html`<span class="mark">${icon('circle')}${t('page.blank', { count: counts.blank })}</span>`;
  if (counts.warnings > 0)
    return html`<span class="mark warning"
      >${icon('warning')}${t('page.warnings', { count: counts.warnings })}</span
    >`;
  return html`<span class="mark good">${icon('check')}${t('page.complete')}</span>`;
}

/** The name of a member, or words for one that has none yet. */
export function nameOf(member: MemberSnapshot): string {
  const name = member.answers['402'];
  return typeof name === 'string' && name.trim() !== '' ? name : t('roster.nameless');
}

function optionOf(form: Form, id: string, member: MemberSnapshot): string {
  const value = member.answers[id];
  const question = form.blocks.flatMap((block) => block.questions).find((each) => each.id === id);
  const option = question?.options.find((each) => each.code === value);
  return option ? tx(option.label) : '';
}

function ageOf(member: MemberSnapshot): string {
  const age = member.answers['407'];
  return typeof age === 'number' ? t('roster.age', { age }) : '';
}

function isOutOfOrder(members: readonly MemberSnapshot[]): boolean {
  return members.some((member, index) => member.answers['401'] !== index + 1);
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-roster-page': RkRosterPage;
  }
}
