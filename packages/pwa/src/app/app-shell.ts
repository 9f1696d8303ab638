import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Role } from '@rukun/core/foundation';
import { RkElement } from '../components/element.ts';
import { flushWrites } from '../components/pending-write.ts';
import type { RescueWish } from '../components/rescue-request.ts';
import '../components/store-alarm/store-alarm.ts';
import { Watch } from '../components/watch.ts';
import { systemClock } from '../platform/clock.ts';
import { windowFrames } from '../platform/frames.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { language, t } from '../i18n/translate.ts';
import '../screens/officer/families-screen.ts';
import { doorScreen } from '../screens/lock/door.ts';
import '../screens/sign-in/sign-in-screen.ts';
import { shared } from '../styles/shared.ts';
import type { App } from './app.ts';
import { go, loadScreen, routeOf, type Route } from './routes.ts';

type Lazy = keyof typeof loadScreen;

const HOME_TITLES: Partial<Record<Role, MessageKey>> = {
  officer: 'list.title',
  supervisor: 'overview.title',
  coordinator: 'board.title',
  administrator: 'board.title',
};

/** The app: shows the screen of the route to whoever is signed in. Links inside it never load a page anew. */
@customElement('rk-app')
export class RkApp extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private route: Route = routeOf(location.pathname);
  @state() private loaded: ReadonlySet<Lazy> = new Set();
  @state() private failed: Lazy | null = null;
  @state() private wish: RescueWish | null = null;
  @state() private isSecurityOpen = false;
  /** The device whose session is over, while its person signs in again; null: nobody does. */
  @state() private signInFor: string | null = null;
  readonly #loading = new Set<Lazy>();
  #isFormDue = false;
  readonly #me = new Watch(this, () => this.app.session.me);
  readonly #gate = new Watch(this, () => this.app.lock.gate);

  static override styles = [
    shared,
    css`
      :host {
        min-height: 100dvh;
      }
      .wait {
        padding: 3rem var(--rk-gap-l);
        text-align: center;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    document.documentElement.lang = language();
    addEventListener('popstate', this.#moved);
    this.addEventListener('click', this.#clicked);
    this.addEventListener('rk-rescue', this.#asked);
    this.addEventListener('rk-security', this.#securityAsked);
    this.addEventListener('rk-sign-in', this.#signInAsked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('popstate', this.#moved);
    this.removeEventListener('click', this.#clicked);
    this.removeEventListener('rk-rescue', this.#asked);
    this.removeEventListener('rk-security', this.#securityAsked);
    this.removeEventListener('rk-sign-in', this.#signInAsked);
  }

  /** The history of a browser keeps titles: they say which screen it is, never whose family. */
  #title(): MessageKey {
    const role = this.#me.value?.person.role;
    if (role === undefined) return 'sign-in.submit';
    switch (this.route.screen) {
      case 'help':
        return 'menu.help';
      case 'household':
      case 'past':
        return 'form.title';
      case 'board':
        return 'board.title';
      case 'people':
      case 'people-import':
        return role === 'administrator' ? 'menu.people' : 'menu.team';
      case 'held':
        return 'menu.held';
      case 'devices':
        return 'menu.devices';
      case 'area':
        return 'list.title';
      case 'home':
      default:
        return HOME_TITLES[role] ?? 'menu.home';
    }
  }

  override render(): TemplateResult {
    return html`${this.#screen()}<rk-store-alarm></rk-store-alarm>${this.#rescue()}${this.#security()}`;
  }

  #rescue(): unknown {
    const { wish } = this;
    if (wish === null || !this.#me.value) return nothing;
    if (!this.loaded.has('rescue')) {
      this.#load('rescue');
      return nothing;
    }
    return html`<rk-rescue .app=${this.app} .wish=${wish} @rk-close=${() => (this.wish = null)}></rk-rescue>`;
  }

  #security(): unknown {
    if (!this.isSecurityOpen || !this.#me.value) return nothing;
    if (!this.loaded.has('security')) {
      this.#load('security');
      return nothing;
    }
    return html`<rk-security
      .app=${this.app}
      @rk-close=${() => (this.isSecurityOpen = false)}
    ></rk-security>`;
  }

  #screen(): TemplateResult {
    const gate = this.#gate.value;
    if (gate && gate.at !== 'open') return doorScreen(this.app, gate);
    const me = this.#me.value;
    if (!me) return html`<rk-sign-in-screen .app=${this.app}></rk-sign-in-screen>`;
    if (this.signInFor === me.device.id)
      return html`<rk-sign-in-screen
        .app=${this.app}
        .why=${'again'}
        @rk-back=${() => (this.signInFor = null)}
      ></rk-sign-in-screen>`;
    const { app, route } = this;
    const { role } = me.person;
    switch (route.screen) {
      case 'help':
        return this.#lazily('help', () => html`<rk-help-screen .app=${app}></rk-help-screen>`);
      case 'household':
        return this.#lazily('household', () =>
          keyed(
            route.id,
            html`<rk-household-screen .app=${app} .document=${route.id}></rk-household-screen>`,
          ),
        );
      case 'past':
        return this.#lazily('past', () =>
          keyed(
            `${route.id}/${route.commit}`,
            html`<rk-past-screen .app=${app} .document=${route.id} .commit=${route.commit}></rk-past-screen>`,
          ),
        );
      case 'board':
        return this.#lazily('board', () => html`<rk-board-screen .app=${app}></rk-board-screen>`);
      case 'people':
        return this.#lazily('people', () => html`<rk-people-screen .app=${app}></rk-people-screen>`);
      case 'people-import':
        if (role !== 'administrator') return this.#home(role);
        return this.#lazily(
          'people-import',
          () => html`<rk-people-import-screen .app=${app}></rk-people-import-screen>`,
        );
      case 'held':
        return this.#lazily('held', () => html`<rk-held-screen .app=${app}></rk-held-screen>`);
      case 'devices':
        return this.#lazily('devices', () => html`<rk-devices-screen .app=${app}></rk-devices-screen>`);
      case 'area':
        return this.#lazily(
          'overview',
          () => html`<rk-overview-screen .app=${app} .area=${route.area}></rk-overview-screen>`,
        );
      case 'home':
        return this.#home(role);
      default:
        return this.#noWork();
    }
  }

  #home(role: Role): TemplateResult {
    const { app } = this;
    if (role === 'officer') return html`<rk-families-screen .app=${app}></rk-families-screen>`;
    if (role === 'supervisor')
      return this.#lazily('overview', () => html`<rk-overview-screen .app=${app}></rk-overview-screen>`);
    if (role === 'coordinator' || role === 'administrator')
      return this.#lazily('board', () => html`<rk-board-screen .app=${app}></rk-board-screen>`);
    return this.#noWork();
  }

  #noWork(): TemplateResult {
    const { app } = this;
    return this.#lazily('no-work', () => html`<rk-no-work-screen .app=${app}></rk-no-work-screen>`);
  }

  /** The officer's next step is a form: have it ready before the tap, but not at the cost of the list that is being drawn. */
  protected override updated(changed: PropertyValues): void {
    if ((this.route.screen !== 'household' && this.route.screen !== 'past') || changed.has('route'))
      document.title = `${t(this.#title())} · Rukun`;
    if (this.#me.value?.person.role !== 'officer' || this.route.screen !== 'home' || this.#isFormDue) return;
    this.#isFormDue = true;
    windowFrames(systemClock).idle(() => {
      this.#load('household');
    });
  }

  #lazily(name: Lazy, show: () => unknown): TemplateResult {
    if (this.loaded.has(name)) return html`${show()}`;
    this.#load(name);
    return html`<p class="wait" role="status">
      ${t(this.failed === name ? 'screen.failed' : 'screen.loading')}
    </p>`;
  }

  #load(name: Lazy): void {
    if (this.#loading.has(name)) return;
    this.#loading.add(name);
    loadScreen[name]().then(
      () => (this.loaded = new Set([...this.loaded, name])),
      () => {
        this.#loading.delete(name);
        this.failed = name;
      },
    );
  }

  /** What is typed and not written yet belongs into the file. */
  readonly #asked = (event: Event): void => {
    flushWrites();
    this.wish = (event as CustomEvent<RescueWish>).detail;
  };

  readonly #securityAsked = (): void => {
    this.isSecurityOpen = true;
  };

  /** What is typed is stored before its screen gives way. */
  readonly #signInAsked = (): void => {
    flushWrites();
    this.signInFor = this.#me.value?.device.id ?? null;
  };

  readonly #moved = (): void => {
    flushWrites();
    this.route = routeOf(location.pathname);
    scrollTo(0, 0);
  };

  readonly #clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const link = event
      .composedPath()
      .find((each): each is HTMLAnchorElement => each instanceof HTMLAnchorElement);
    if (!link || link.origin !== location.origin || link.target !== '') return;
    event.preventDefault();
    go(link.pathname);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-app': RkApp;
  }
}
