import { html, nothing } from 'lit';
import type { App, StorageState } from '../app/app.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { icon } from '../styles/icons.ts';
import { askForRescue } from './rescue-request.ts';

/** Warns while the device has little room left or may throw away what it keeps; nothing while all is well. */
export function storageNotice(app: App, storage: StorageState | undefined) {
  if (!storage || storage.level === 'green') return nothing;
  if (storage.level === 'red') return red(app, storage);
  if (!storage.persisted) return notPersisted();
  return html`<div class="notice warning" role="note" data-storage="amber">
    ${icon('warning')}
    <p class="fill">${t('storage.amber')} ${free(storage)}</p>
  </div>`;
}

/** What is left, where the browser knows; after a refused write its estimate is no comfort. */
function free({ usage, quota, isFull }: StorageState): string {
  if (isFull || usage === null || quota === null) return '';
  return t('storage.free', { free: formatBytes(Math.max(0, quota - usage)) });
}

/** What is happening, what to do about it, and the two ways out that need no room. */
function red(app: App, storage: StorageState) {
  return html`<div class="notice error" role="alert" data-storage="red" ?data-full=${storage.isFull}>
    ${icon('error')}
    <div class="fill">
      <p><strong>${t(storage.isFull ? 'storage.full' : 'storage.red')}</strong> ${free(storage)}</p>
      <p>${t(storage.isFull ? 'storage.full-what' : 'storage.red-what')}</p>
    </div>
    <div class="ways">
      <button class="button danger full" type="button" data-send-now @click=${() => app.sync.now()}>
        ${icon('sync')} ${t('storage.send')}
      </button>
      <button class="button danger" type="button" data-rescue="write" @click=${askForRescue('write')}>
        ${icon('save')} ${t('rescue.write')}
      </button>
    </div>
  </div>`;
}

/** Not urgent and often lasting: one line, with what to do about it behind it. */
function notPersisted() {
  return html`<details class="notice warning fold" data-storage="amber">
    <summary>${icon('warning')} ${t('storage.not-persisted')}</summary>
    <p>${t('storage.not-persisted-why')}</p>
  </details>`;
}
