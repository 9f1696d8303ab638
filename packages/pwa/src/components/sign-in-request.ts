import { html } from 'lit';
import { t } from '../i18n/translate.ts';
import { icon } from '../styles/icons.ts';

/**
 * Says that the centre no longer takes this session: work goes on, only sending needs a new sign-in. The button asks for it with
 * `rk-sign-in`, which the app hears wherever it comes from.
 */
export function signInNotice() {
  return html`<div class="notice warning" role="status" data-sign-in-again>
    ${icon('warning')}
    <p class="fill">${t('sign-in.again-why')}</p>
    <button class="button" type="button" @click=${ask}>${t('sign-in.again')}</button>
  </div>`;
}

function ask({ target }: Event): void {
  target?.dispatchEvent(new CustomEvent('rk-sign-in', { bubbles: true, composed: true }));
}
