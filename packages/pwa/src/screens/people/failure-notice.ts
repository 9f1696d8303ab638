import { html } from 'lit';
import type { ErrorCode } from '@rukun/core/foundation';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { tp } from './people-words.ts';

/** Why the centre did not answer, and the way to try again. */
export function failureNotice(code: ErrorCode, retry: () => void) {
  const isAway = code === 'unavailable';
  return html`<div class="notice ${isAway ? 'warning' : 'error'}" role="alert" data-failure=${code}>
    ${icon(isAway ? 'offline' : 'error')}
    <p class="fill">${isAway ? tp('offline') : t(`error.${code}`)}</p>
    <div class="ways">
      <button class="button" type="button" @click=${retry}>${icon('sync')} ${t('action.retry')}</button>
    </div>
  </div>`;
}
