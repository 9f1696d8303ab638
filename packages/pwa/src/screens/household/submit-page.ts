import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../../components/dialog/dialog.ts';
import { RkElement } from '../../components/element.ts';
import '../../components/finding-list/finding-list.ts';
import '../../components/hold-button/hold-button.ts';
import { pathOf } from '@rukun/core/household';
import { canSubmit } from '@rukun/core/questionnaire';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import type { FormModel } from './form-model.ts';
import { jumpRows } from './jump-rows.ts';

/** The last page: what stands against submitting, and the button that submits. Sends `rk-status` with the event. */
@customElement('rk-submit-page')
export class RkSubmitPage extends RkElement {
  @property({ attribute: false }) model!: FormModel;
  @property({ type: Boolean }) readonly = false;
  @state() private asking = false;

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      :host {
        display: grid;
        gap: var(--rk-gap-l);
        padding: var(--rk-gap-l);
        max-width: 48rem;
      }
      section {
        display: grid;
        gap: var(--rk-gap-s);
      }
      .sums {
        display: grid;
        grid-template-columns: repeat(2, 1fr);
        gap: var(--rk-gap-s);
      }
      .sum {
        padding: var(--rk-gap-m);
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius);
        text-align: center;
      }
      .sum b {
        display: block;
        font-size: var(--rk-text-xl);
        font-variant-numeric: tabular-nums;
      }
      @media (min-width: 30rem) {
        .sums {
          grid-template-columns: repeat(4, 1fr);
        }
      }
      .asking {
        display: grid;
        gap: var(--rk-gap-m);
      }
    `,
  ];

  override render() {
    const { model } = this;
    const { totals } = model;
    const verdict = canSubmit(model.evaluation);
    const blocking = new Set(verdict.blank.map(pathOf));
    const blank = jumpRows('blank', model).filter((row) => blocking.has(row.path));
    const findings = jumpRows('errors', model);
    const errors = findings.filter((row) => row.kind === 'error');
    const warnings = findings.filter((row) => row.kind === 'warning');
    return html`<div class="sums">
        ${(['answered', 'blank', 'errors', 'remarks'] as const).map(
          (name) => html`<p class="sum"><b>${totals[name]}</b>${t(`counters.${name}`)}</p>`,
        )}
      </div>
      ${errors.length > 0 ? this.#list('error', t('submit.errors', { count: errors.length }), errors) : nothing}
      ${blank.length > 0 ? this.#list('error', t('submit.blank', { count: blank.length }), blank) : nothing}
      ${
        warnings.length > 0
          ? this.#list('warning', t('submit.warnings', { count: warnings.length }), warnings)
          : nothing
      }
      ${this.readonly ? nothing : this.#act(verdict.allowed, warnings.length)}`;
  }

  #list(kind: 'error' | 'warning', title: string, rows: ReturnType<typeof jumpRows>) {
    return html`<section data-list=${kind}>
      <div class="notice ${kind}">
        ${icon(kind)}
        <h3 class="fill">${title}</h3>
      </div>
      <rk-finding-list .rows=${rows}></rk-finding-list>
    </section>`;
  }

  #act(allowed: boolean, warnings: number) {
    if (!allowed) return html`<p class="quiet" data-blocked>${t('submit.blocked')}</p>`;
    return html`<section>
      <div class="notice good">
        ${icon('check')}
        <p class="fill">${t(warnings > 0 ? 'submit.ready-warnings' : 'submit.ready')}</p>
      </div>
      <rk-hold-button
        data-submit
        .label=${t('submit.hold')}
        @rk-held=${this.#submit}
        @rk-tapped=${() => (this.asking = true)}
      ></rk-hold-button>
      <p class="small quiet">${t('submit.after')}</p>
      <rk-dialog .open=${this.asking} .heading=${t('submit.ask')} @rk-close=${() => (this.asking = false)}>
        <div class="asking">
          <p>${t('submit.ask-lead')}</p>
          <button class="button go" type="button" data-submit-confirm @click=${this.#submit}>
            ${t('submit.confirm')}
          </button>
          <button class="button" type="button" @click=${() => (this.asking = false)}>
            ${t('action.cancel')}
          </button>
        </div>
      </rk-dialog>
    </section>`;
  }

  readonly #submit = (): void => {
    this.asking = false;
    this.send('rk-status', { type: 'submitted', reason: '' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-submit-page': RkSubmitPage;
  }
}
