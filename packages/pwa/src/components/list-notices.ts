import { html, nothing } from 'lit';
import type { App, StorageState } from '../app/app.ts';
import { t } from '../i18n/translate.ts';
import { icon } from '../styles/icons.ts';
import { storageNotice } from './storage-notice.ts';

/** What stands above a list: room on the device, a waiting new version, families still on their way. */
export function listNotices(
  app: App,
  storage: StorageState | undefined,
  update: ReturnType<App['update']['get']> | undefined,
  arriving: ReturnType<App['families']['arriving']['get']> | undefined,
) {
  return html`${storageNotice(app, storage)}
  ${
    update
      ? html`<div class="notice info" data-update>
          ${icon('info')}
          <p class="fill">${t('update.ready')}</p>
          <button class="button" type="button" @click=${() => update.apply()}>${t('update.apply')}</button>
        </div>`
      : nothing
  }
  ${
    arriving
      ? html`<div class="notice info" role="status" data-arriving=${arriving.here}>
          ${icon('sync')}
          <p class="fill">${t('list.arriving', { count: arriving.here })}</p>
        </div>`
      : nothing
  }`;
}
