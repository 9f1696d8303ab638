import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import type { ErrorCode, Failure } from '@rukun/core/foundation';
import { waitWords } from '../../i18n/format.ts';
import { language, setLanguage, t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';

/** User name and password, once with a link; afterwards the device knows the person. */
@customElement('rk-sign-in-screen')
export class RkSignInScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  /** Why somebody signs in although there are vaults on this device; `again`: to send what is in the open one; null: there are none. */
  @property({ attribute: false }) why: 'forgotten' | 'other' | 'again' | null = null;
  @state() private failure: ErrorCode | 'missing' | 'no-key' | null = null;
  @state() private isBusy = false;
  @state() private waitMs: number | undefined;
  /** What was typed, if it was a one-time password. */
  @state() private given: { readonly user: string; readonly password: string } | null = null;
  @state() private isShown = false;
  @query('[name=user]') private user!: HTMLInputElement;
  @query('[name=password]') private password!: HTMLInputElement;

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 100dvh;
        padding: var(--rk-gap-l);
        background: var(--rk-ground);
      }
      main {
        width: min(25rem, 100%);
      }
      .brand {
        display: flex;
        align-items: center;
        gap: var(--rk-gap-m);
        margin-bottom: var(--rk-gap-xl);
      }
      .sign {
        width: 3.25rem;
        height: 3.25rem;
        flex: none;
      }
      form {
        display: grid;
        gap: var(--rk-gap-l);
      }
      .card {
        padding: var(--rk-gap-xl) var(--rk-gap-l);
        border-radius: var(--rk-radius-l);
        background: var(--rk-surface);
        box-shadow: var(--rk-shadow);
      }
      .with-button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--rk-gap-s);
      }
      .language {
        display: flex;
        justify-content: center;
        margin-top: var(--rk-gap-m);
      }
    `,
  ];

  override render() {
    const other = language() === 'id' ? 'en' : 'id';
    return html`<main>
      <div class="brand">
        <svg class="sign" viewBox="0 0 48 48" aria-hidden="true">
          <rect width="48" height="48" rx="12" fill="#173f6b" />
          <path
            d="M10 25L24 13l14 12v12H10z"
            fill="none"
            stroke="#ffffff"
            stroke-width="3"
            stroke-linejoin="round"
          />
          <circle cx="19" cy="28" r="3.2" fill="#7be0c9" />
          <circle cx="29" cy="28" r="3.2" fill="#ffd28a" />
        </svg>
        <div>
          <h1>Rukun</h1>
          <p class="quiet">${t('sign-in.lead')}</p>
        </div>
      </div>
      ${this.given ? this.#ownPassword(this.given) : this.#form()}
      <div class="language">
        <button class="button bare" type="button" lang=${other} @click=${() => setLanguage(other)}>
          ${other === 'en' ? 'English' : 'Bahasa Indonesia'}
        </button>
      </div>
    </main>`;
  }

  #ownPassword({ user, password }: { readonly user: string; readonly password: string }) {
    return html`<div class="card">
      <rk-own-password-form
        .app=${this.app}
        .userName=${user}
        .given=${password}
        @rk-given-back=${(event: CustomEvent<Failure | null>) => {
          this.given = null;
          this.#show(event.detail);
        }}
      ></rk-own-password-form>
    </div>`;
  }

  #form() {
    return html`<form class="card" @submit=${this.#submit} novalidate>
      ${this.failure ? this.#failureNotice(this.failure) : nothing}
      ${this.why === 'forgotten' ? html`<p data-why="forgotten">${t('sign-in.forgotten')}</p>` : nothing}
      ${this.why === 'again' ? html`<p data-why="again">${t('sign-in.again-lead')}</p>` : nothing}
      <div class="field">
        <label for="user">${t('sign-in.user')}</label>
        <input
          id="user"
          class="input"
          name="user"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          required
        />
      </div>
      <div class="field">
        <label for="password">${t('sign-in.password')}</label>
        <div class="with-button">
          <input
            id="password"
            class="input"
            name="password"
            type=${this.isShown ? 'text' : 'password'}
            autocomplete="current-password"
            required
          />
          <button
            class="button square"
            type="button"
            aria-pressed=${this.isShown ? 'true' : 'false'}
            data-show-password
            @click=${() => (this.isShown = !this.isShown)}
          >
            ${icon('eye')}<span class="unseen">${t('sign-in.show')}</span>
          </button>
        </div>
      </div>
      <button class="button main" type="submit" ?disabled=${this.isBusy} data-sign-in>
        ${t(this.isBusy ? 'sign-in.busy' : 'sign-in.submit')}
      </button>
      <p class="small quiet">${t('sign-in.once')}</p>
      ${
        this.why === null
          ? nothing
          : html`<button class="button" type="button" data-back @click=${() => this.send('rk-back')}>
              ${icon('back')} ${t('action.back')}
            </button>`
      }
    </form>`;
  }

  #failureNotice(failure: ErrorCode | 'missing' | 'no-key') {
    const isOffline = failure === 'unavailable' && this.app.sync.state.get().link === 'offline';
    const isFull = failure === 'internal' && this.app.storage.get().isFull;
    const words =
      failure === 'missing' || failure === 'no-key'
        ? t(failure === 'missing' ? 'sign-in.missing' : 'sign-in.no-key')
        : isFull
          ? t('sign-in.full')
          : isOffline
            ? t('sign-in.offline')
            : failure === 'rate-limited' && this.waitMs !== undefined
              ? t('sign-in.wait', { time: waitWords(this.waitMs) })
              : t(`error.${failure}`);
    return html`<div class="notice error" role="alert" data-failure=${failure}>
      ${icon('error')}
      <p class="fill">${words}</p>
    </div>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const user = this.user.value.trim();
    const password = this.password.value;
    if (user === '' || password === '') {
      this.failure = 'missing';
      (user === '' ? this.user : this.password).focus();
      return;
    }
    this.isBusy = true;
    this.failure = null;
    const result = await this.app.session.signIn(user, password);
    this.isBusy = false;
    if (result.ok) return;
    if (result.failure.code === 'password-change') {
      // Once in the life of an account: it comes when it is wanted.
      await import('./own-password-form.ts');
      this.given = { user, password };
      return;
    }
    this.#show(result.failure);
    this.password.select();
  };

  #show(failure: Failure | null): void {
    this.failure = failure?.paths?.includes('vault-key') ? 'no-key' : (failure?.code ?? null);
    this.waitMs = failure?.waitMs;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-sign-in-screen': RkSignInScreen;
  }
}
