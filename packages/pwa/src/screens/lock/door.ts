import { html, type TemplateResult } from 'lit';
import type { App, Gate } from '../../app/app.ts';
import '../sign-in/sign-in-screen.ts';
import './choose-pin-screen.ts';
import './door-notice.ts';
import './lock-screen.ts';
import { t } from '../../i18n/translate.ts';

/** What stands at the door while the app is not open. */
export function doorScreen(app: App, gate: Exclude<Gate, { at: 'open' }>): TemplateResult {
  switch (gate.at) {
    case 'sign-in':
      return html`<rk-sign-in-screen .app=${app}></rk-sign-in-screen>`;
    case 'choose-pin':
      return html`<rk-choose-pin-screen .app=${app} .gate=${gate}></rk-choose-pin-screen>`;
    case 'sealing':
      return html`<rk-door-notice
        .heading=${t('sealing.title')}
        .words=${t('sealing.lead')}
        .done=${gate.of === 0 ? 1 : gate.done / gate.of}
      ></rk-door-notice>`;
    case 'shut-out':
      return html`<rk-door-notice
        data-shut-out=${gate.is}
        .heading=${t('shut-out.title')}
        .words=${t(`shut-out.${gate.is}`)}
      ></rk-door-notice>`;
    case 'no-crypto':
      return html`<rk-door-notice
        .heading=${t('no-crypto.title')}
        .words=${t('no-crypto.lead')}
      ></rk-door-notice>`;
    case 'locked':
    default:
      return html`<rk-lock-screen .app=${app}></rk-lock-screen>`;
  }
}
