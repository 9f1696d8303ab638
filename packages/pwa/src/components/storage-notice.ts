import { html, nothing } from 'lit';
import type { StorageState } from '../app/app.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { icon } from '../styles/icons.ts';

/** Warns while the device has little room left or may throw away what it keeps; nothing while all is well. */
export function storageNotice(storage: StorageState | undefined) {
  if (!storage || storage.level === 'green') return nothing;
  const isRed = storage.level === 'red';
  if (!isRed && !storage.persisted) return notPersisted();
  const isKnown = storage.quota !== null && storage.usage !== null;
  const free = isKnown ? (storage.quota ?? 0) - (storage.usage ?? 0) : null;
  const words = t(isRed ? 'storage.red' : 'storage.amber');
  return html`<div
    class="notice ${isRed ? 'error' : 'warning'}"
    role=${isRed ? 'alert' : 'note'}
    data-storage=${storage.level}
  >
    ${icon(isRed ? 'error' : 'warning')}
    <p class="fill">
      ${words} ${free === null ? '' : t('storage.free', { free: formatBytes(Math.max(0, free)) })}
    </p>
  </div>`;
}

/** Not urgent and often lasting: one line, with what to do about it behind it. */
function notPersisted() {
  return html`<details class="notice warning fold" data-storage="amber">
    <summary>${icon('warning')} ${t('storage.not-persisted')}</summary>
    <p>${t('storage.not-persisted-why')}</p>
  </details>`;
}
