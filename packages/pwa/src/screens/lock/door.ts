import { html, nothing, type TemplateResult } from 'lit';
import type { App, Gate } from '../../app/app.ts';
import '../sign-in/sign-in-screen.ts';
import './choose-pin-screen.ts';
import './lock-screen.ts';
import { t } from '../../i18n/translate.ts';

/** What stands at the door while the app is not open. */
export function doorScreen(app: App, gate: Exclude<Gate, { at: 'open' }>): TemplateResult {
  switch (gate.at) {
    case 'sign-in':
      return html`<rk-sign-in-screen .app=${app}></rk-sign-in-screen>`;
    case 'choose-pin':
      return html`<rk-choose-pin-screen .app=${app} .gate=${gate}></rk-choose-pin-screen>`;
    case 'sealing': {
      const done = gate.of === 0 ? 1 : gate.done / gate.of;
      return notice(t('sealing.title'), t('sealing.lead'), '', done);
    }
    case 'shut-out':
      return notice(t('shut-out.title'), t(`shut-out.${gate.is}`), gate.is);
    case 'no-crypto':
      return notice(t('no-crypto.title'), t('no-crypto.lead'));
    case 'locked':
    default:
      return html`<rk-lock-screen .app=${app}></rk-lock-screen>`;
  }
}

/** Seldom needed: loaded when it is, and the words stand there at once when it has come. */
function notice(heading: string, words: string, shutOut = '', done: number | null = null): TemplateResult {
  void import('./door-notice.ts');
  return html`<rk-door-notice
    data-shut-out=${shutOut === '' ? nothing : shutOut}
    .heading=${heading}
    .words=${words}
    .done=${done}
  ></rk-door-notice>`;
}
