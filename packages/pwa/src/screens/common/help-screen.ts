import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { App } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { t } from '../../i18n/translate.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { shared } from '../../styles/shared.ts';

const SYMBOLS = [
  ['phone', '', 'help.device'],
  ['centre', '', 'help.relay'],
  ['eye', '', 'help.supervisor'],
  ['error', 'error', 'help.error'],
  ['warning', 'warning', 'help.warning'],
  ['remark', 'remark', 'help.remark'],
  ['standing', 'remark', 'help.standing'],
] as const satisfies readonly (readonly [IconName, string, MessageKey])[];

const KEYS = [
  ['1 2 3 …', 'help.key-code'],
  ['Enter · Tab', 'help.key-next'],
  ['↑ ↓', 'help.key-arrows'],
  ['Alt + ← →', 'help.key-pages'],
  ['Ctrl + Z · Y', 'help.key-undo'],
  ['/', 'help.key-search'],
  ['Esc', 'help.key-close'],
] as const satisfies readonly (readonly [string, MessageKey])[];

const TOPICS = ['date', 'sum', 'offline', 'lost'] as const;

/** What the signs mean, which keys help, and what to do when something is odd. */
@customElement('rk-help-screen')
export class RkHelpScreen extends RkElement {
  @property({ attribute: false }) app!: App;

  static override styles = [
    shared,
    css`
      main {
        display: grid;
        gap: var(--rk-gap-xl);
        max-width: 44rem;
        margin: 0 auto;
        padding: var(--rk-gap-xl) var(--rk-gap-l);
      }
      section {
        display: grid;
        gap: var(--rk-gap-m);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--rk-gap-m) var(--rk-gap-l);
        align-items: start;
      }
      dt {
        font-weight: 700;
      }
      dt .icon {
        width: 1.6rem;
        height: 1.6rem;
      }
      .error {
        color: var(--rk-error);
      }
      .warning {
        color: var(--rk-warning-mark);
      }
      .remark {
        color: var(--rk-remark);
      }
      kbd {
        display: inline-block;
        padding: 0.15rem 0.5rem;
        border: 1px solid var(--rk-line-strong);
        border-bottom-width: 2px;
        border-radius: 6px;
        background: var(--rk-surface);
        font: inherit;
        white-space: nowrap;
      }
    `,
  ];

  override render() {
    return html`<rk-app-bar .app=${this.app} .back=${'/'}></rk-app-bar>
      <main>
        <h1>${t('menu.help')}</h1>
        <section>
          <h2>${t('help.symbols')}</h2>
          <dl>
            ${SYMBOLS.map(
              ([drawing, kind, words]) =>
                html`<dt>${icon(drawing, kind)}</dt>
                  <dd>${t(words)}</dd>`,
            )}
          </dl>
        </section>
        <section>
          <h2>${t('help.keys')}</h2>
          <dl>
            ${KEYS.map(
              ([keys, words]) =>
                html`<dt><kbd>${keys}</kbd></dt>
                  <dd>${t(words)}</dd>`,
            )}
          </dl>
        </section>
        ${TOPICS.map(
          (topic) =>
            html`<section>
              <h2>${t(`help.${topic}-title`)}</h2>
              <p>${t(`help.${topic}`)}</p>
            </section>`,
        )}
      </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-help-screen': RkHelpScreen;
  }
}
