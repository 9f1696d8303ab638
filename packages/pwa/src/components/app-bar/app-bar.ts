import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import { ROLES, type Role } from '@rukun/core/foundation';
import type { Me } from '@rukun/core/protocol';
import type { MessageKey } from '../../i18n/messages.ts';
import { language, setLanguage, t, tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import { signInNotice } from '../sign-in-request.ts';
import '../sync-badge/sync-badge.ts';
import { Watch } from '../watch.ts';

/** Who looks after people, and what that is called. */
const PEOPLE_TITLES: Partial<Record<Role, MessageKey>> = {
  administrator: 'menu.people',
  coordinator: 'menu.team',
  supervisor: 'menu.team',
};

/** The head of every screen but the form: who is signed in, the link, and the way to everything else. */
@customElement('rk-app-bar')
export class RkAppBar extends RkElement {
  @property({ attribute: false }) app!: App;
  /** Where to go back to, or ''. */
  @property() back = '';
  @state() private isOpen = false;
  @state() private isLeaving = false;
  @state() private isChanging = false;
  readonly #me = new Watch(this, () => this.app.session.me);
  readonly #sync = new Watch(this, () => this.app.sync.state);

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      header {
        display: grid;
        grid-template-columns: auto 1fr auto auto;
        align-items: center;
        gap: var(--rk-gap-s);
        min-height: 4rem;
        padding: 0 var(--rk-gap-m) 0 var(--rk-gap-xs);
        background: var(--rk-head);
        color: #ffffff;
      }
      header .button {
        color: inherit;
      }
      header .button:hover {
        background: rgb(255 255 255 / 15%);
      }
      .who {
        min-width: 0;
        line-height: 1.25;
      }
      .name {
        overflow: hidden;
        font-weight: 700;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .role {
        font-size: var(--rk-text-s);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .demo {
        padding: 0.2rem var(--rk-gap-l);
        background: var(--rk-warning-soft);
        color: var(--rk-warning);
        font-size: var(--rk-text-s);
        font-weight: 600;
        text-align: center;
      }
      .notice {
        margin: var(--rk-gap-m) var(--rk-gap-l) 0;
      }
      .menu {
        display: grid;
        gap: var(--rk-gap-xs);
      }
      .menu .button {
        justify-content: start;
      }
    `,
  ];

  /** Seldom needed: loaded when it is. */
  readonly #leave = async (): Promise<void> => {
    await import('../sign-out/sign-out.ts');
    this.isLeaving = true;
  };

  override render() {
    const me = this.#me.value;
    if (!me) return nothing;
    return html`<header>
        ${
          this.back === ''
            ? html`<button
                class="button bare square"
                type="button"
                data-app-menu
                @click=${() => (this.isOpen = true)}
              >
                ${icon('menu')}<span class="unseen">${t('menu.open')}</span>
              </button>`
            : html`<a class="button bare square" href=${this.back} data-back
                >${icon('back')}<span class="unseen">${t('action.back')}</span></a
              >`
        }
        <div class="who">
          <p class="name">${me.person.name}</p>
          <p class="role">${[tx(ROLES[me.person.role]), me.person.code].filter(Boolean).join(' · ')}</p>
        </div>
        <rk-sync-badge .app=${this.app}></rk-sync-badge>
        <button class="button bare square" type="button" data-lock @click=${() => void this.app.lock.lock()}>
          ${icon('lock')}<span class="unseen">${t('lock.now')}</span>
        </button>
      </header>
      ${me.isDemo ? html`<p class="demo" data-demo>${t('demo.banner')}</p>` : nothing}
      ${this.#sync.value?.failure === 'unauthenticated' ? signInNotice() : nothing}
      <rk-dialog .open=${this.isOpen} .heading=${t('menu.title')} @rk-close=${() => (this.isOpen = false)}>
        ${this.isOpen ? this.#menu(me) : nothing}
      </rk-dialog>
      ${
        this.isChanging
          ? html`<rk-change-password
              .app=${this.app}
              @rk-close=${() => (this.isChanging = false)}
            ></rk-change-password>`
          : nothing
      }
      <rk-sign-out
        .app=${this.app}
        .open=${this.isLeaving}
        @rk-close=${() => (this.isLeaving = false)}
      ></rk-sign-out>`;
  }

  /** Seldom wanted: it comes when it is. */
  readonly #changePassword = async (): Promise<void> => {
    await import('../password/change-password.ts');
    this.isChanging = true;
  };

  #menu({ boards, person }: Me) {
    const people = PEOPLE_TITLES[person.role];
    const other = language() === 'id' ? 'en' : 'id';
    return html`<nav class="menu" @click=${() => (this.isOpen = false)}>
      <a class="button bare" href="/">${icon('home')} ${t('menu.home')}</a>
      ${boards.length > 0 ? html`<a class="button bare" href="/papan">${icon('table')} ${t('menu.board')}</a>` : nothing}
      ${people ? html`<a class="button bare" href="/orang">${icon('people')} ${t(people)}</a>` : nothing}
      ${people ? html`<a class="button bare" href="/tertahan">${icon('warning')} ${t('menu.held')}</a>` : nothing}
      <a class="button bare" href="/perangkat">${icon('phone')} ${t('menu.devices')}</a>
      <a class="button bare" href="/bantuan">${icon('help')} ${t('menu.help')}</a>
      <button
        class="button bare"
        type="button"
        lang=${other}
        data-language=${other}
        @click=${() => setLanguage(other)}
      >
        ${icon('globe')} ${other === 'en' ? 'English' : 'Bahasa Indonesia'}
      </button>
      <button class="button bare" type="button" data-open-security @click=${() => this.send('rk-security')}>
        ${icon('lock')} ${t('menu.security')}
      </button>
      <button class="button bare" type="button" data-change-password @click=${this.#changePassword}>
        ${icon('person')} ${t('menu.password')}
      </button>
      <button class="button bare" type="button" data-sign-out @click=${this.#leave}>
        ${icon('exit')} ${t('sign-out.title')}
      </button>
    </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-app-bar': RkAppBar;
  }
}
