import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { App, AuditState } from '../../app/app.ts';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { Watch } from '../watch.ts';

/** Asks whether this device holds the same as the centre, and says what came of it. */
@customElement('rk-audit-check')
export class RkAuditCheck extends RkElement {
  @property({ attribute: false }) app!: App;
  readonly #audit = new Watch(this, () => this.app.sync.audit);

  static override styles = [
    shared,
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--rk-gap-s);
      }
      li {
        display: flex;
        gap: var(--rk-gap-s);
      }
    `,
  ];

  override render() {
    const audit = this.#audit.value;
    if (!audit) return nothing;
    const { progress, lastAt } = audit;
    return html`<button
        class="button bare"
        type="button"
        data-audit
        ?disabled=${progress !== null}
        @click=${() => this.app.sync.startAudit()}
      >
        ${icon('standing')} ${t('audit.start')}
      </button>
      <div role="status">
        ${
          progress === null
            ? this.#outcome(audit)
            : html`<p class="small numbers" data-audit-progress>
                ${progress.of === 0 ? t('audit.preparing') : t('audit.running', progress)}
              </p>`
        }
      </div>
      ${
        lastAt === null
          ? nothing
          : html`<p class="small quiet">${t('audit.last', { when: formatMoment(lastAt) })}</p>`
      }`;
  }

  #outcome({ report, failure }: AuditState) {
    if (failure !== null)
      return html`<p class="small" data-audit-outcome="failed">
        ${t('audit.failed')} ${t(`error.${failure}`)}
      </p>`;
    if (report === null) return nothing;
    const { compared, differing, healed, missingAtRelay } = report;
    const left = differing - healed - missingAtRelay;
    const lines = [
      ...(differing === 0 ? [{ kind: 'same', icon: icon('check'), count: compared } as const] : []),
      ...(healed > 0 ? [{ kind: 'healed', icon: icon('check'), count: healed } as const] : []),
      ...(missingAtRelay > 0
        ? [{ kind: 'missing', icon: icon('warning'), count: missingAtRelay } as const]
        : []),
      ...(left > 0 ? [{ kind: 'left', icon: icon('info'), count: left } as const] : []),
    ];
    return html`<ul>
      ${lines.map(
        (line) =>
          html`<li class="small" data-audit-outcome=${line.kind}>
            ${line.icon}<span>${t(`audit.${line.kind}`, { count: line.count })}</span>
          </li>`,
      )}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-audit-check': RkAuditCheck;
  }
}
