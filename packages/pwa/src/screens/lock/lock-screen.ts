import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ROLES } from '@rukun/core/foundation';
import type { App, LockedPerson, UnlockAnswer } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/pin-pad/pin-pad.ts';
import { Watch } from '../../components/watch.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t, tx } from '../../i18n/translate.ts';
import { systemClock } from '../../platform/clock.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import '../sign-in/sign-in-screen.ts';
import { lockStyles } from './lock.styles.ts';
import { answerWords, waitWords } from './lock-words.ts';

/** Asks for the PIN of who was here last; from here others come in as well, and who forgot the PIN. */
@customElement('rk-lock-screen')
export class RkLockScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private chosen: string | null = null;
  @state() private answer: UnlockAnswer | null = null;
  @state() private isBusy = false;
  /** Whose sign-in is shown instead. */
  @state() private signIn: 'forgotten' | 'other' | null = null;
  @state() private waitUntil = 0;
  #cancel: (() => void) | undefined;
  readonly #people = new Watch(this, () => this.app.lock.people);

  static override styles = [shared, buttons, notices, lockStyles];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const person = this.#person();
    if (changed.has('chosen') || !this.hasUpdated) this.#waitFor(person?.waitMs ?? 0);
  }

  #person(): LockedPerson | undefined {
    const people = this.#people.value ?? [];
    return people.find(({ person }) => person === this.chosen) ?? people[0];
  }

  override render(): TemplateResult {
    const person = this.#person();
    if (this.signIn !== null || !person)
      return html`<rk-sign-in-screen
        .app=${this.app}
        .why=${this.signIn ?? 'other'}
        @rk-back=${() => (this.signIn = null)}
      ></rk-sign-in-screen>`;
    return html`<main data-lock-screen>
      <h1>${t('lock.title')}</h1>
      <div class="card">
        ${this.#who(person)} ${this.#notice(person)}
        ${
          person.hasAuthenticator
            ? html`<button
                class="button"
                type="button"
                data-by-device
                ?disabled=${this.isBusy}
                @click=${() => void this.#unlock(person, null)}
              >
                ${icon('phone')} ${t('lock.by-device')}
              </button>`
            : nothing
        }
        ${
          person.hasPin
            ? html`<rk-pin-pad
                .label=${t('lock.title')}
                .disabled=${this.isBusy || this.waitUntil > 0}
                @rk-pin=${(event: CustomEvent<string>) => void this.#unlock(person, event.detail)}
              ></rk-pin-pad>`
            : html`<button class="button main" type="button" data-sign-in-again @click=${this.#forgot}>
                ${t('lock.sign-in')}
              </button>`
        }
      </div>
      <div class="ways">
        ${
          person.hasPin
            ? html`<button class="button bare" type="button" data-forgot @click=${this.#forgot}>
                ${t('lock.forgot')}
              </button>`
            : nothing
        }
        <button class="button bare" type="button" data-other @click=${() => (this.signIn = 'other')}>
          ${t('lock.other')}
        </button>
      </div>
    </main>`;
  }

  /** One person: who it is. Several: who of them. */
  #who(chosen: LockedPerson): TemplateResult {
    const people = this.#people.value ?? [];
    if (people.length === 1)
      return html`<div class="person" data-person=${chosen.person}>${this.#words(chosen)}</div>`;
    return html`<ul class="people" aria-label=${t('lock.who')}>
      ${people.map(
        (each) =>
          html`<li>
            <button
              class="button person"
              type="button"
              data-person=${each.person}
              aria-pressed=${each === chosen ? 'true' : 'false'}
              ?disabled=${this.isBusy}
              @click=${() => this.#choose(each)}
            >
              ${this.#words(each)}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #words({ maskedName, role, usedAt }: LockedPerson): TemplateResult {
    return html`${icon('person')}
      <span
        ><span class="name">${maskedName}</span>
        <span class="small quiet"
          >${tx(ROLES[role])}<br />${t('lock.last-used', { when: formatMoment(usedAt) })}</span
        ></span
      >`;
  }

  #notice(person: LockedPerson): unknown {
    if (this.isBusy) return html`<p class="lead quiet" role="status">${t('lock.opening')}</p>`;
    const words = person.hasPin
      ? this.waitUntil > 0
        ? waitWords(Math.max(0, this.waitUntil - systemClock.now()), person.left)
        : answerWords(this.answer)
      : t('lock.used-up');
    if (words === '') return nothing;
    return html`<div class="notice error" role="alert" data-unlock=${this.answer?.is ?? 'wait'}>
      ${icon('error')}
      <p class="fill">${words}</p>
    </div>`;
  }

  #choose({ person }: LockedPerson): void {
    this.chosen = person;
    this.answer = null;
  }

  readonly #forgot = (): void => {
    this.signIn = 'forgotten';
  };

  /** null: by the phone's own lock. */
  async #unlock({ person }: LockedPerson, pin: string | null): Promise<void> {
    this.isBusy = true;
    this.chosen = person;
    this.answer = null;
    const { lock } = this.app;
    const answer = await (pin === null ? lock.unlockByAuthenticator(person) : lock.unlock(person, pin));
    this.isBusy = false;
    this.answer = answer;
    this.#waitFor('waitMs' in answer ? answer.waitMs : 0);
  }

  /** Counts down to the next try. */
  #waitFor(waitMs: number): void {
    this.#cancel?.();
    this.waitUntil = waitMs > 0 ? systemClock.now() + waitMs : 0;
    if (waitMs > 0) this.#tick();
  }

  #tick(): void {
    this.#cancel = systemClock.after(1_000, () => {
      if (systemClock.now() < this.waitUntil) {
        this.requestUpdate();
        this.#tick();
      } else {
        this.waitUntil = 0;
        this.answer = null;
      }
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-lock-screen': RkLockScreen;
  }
}
