import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OpenHousehold } from '../../app/app.ts';
import { RkElement } from '../../components/element.ts';
import { bestFix, type GeotagFix } from '@rukun/core/household';
import { formatMoment } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import type { FormModel } from './form-model.ts';
import { FAIR_METRES, GOOD_METRES, type GeotagSession } from './geotag-session.ts';

/** The position of the dwelling: what is kept, and what the background search has found so far. */
@customElement('rk-geotag-page')
export class RkGeotagPage extends RkElement {
  @property({ attribute: false }) model!: FormModel;
  @property({ attribute: false }) open!: OpenHousehold;
  @property({ attribute: false }) geotag!: GeotagSession;
  /** Counts the changes of the search, so that this page follows them. */
  @property({ type: Number }) turn = 0;
  @property({ type: Boolean }) readonly = false;
  @state() private reason = '';

  static override styles = [
    shared,
    buttons,
    fields,
    notices,
    css`
      :host {
        padding: var(--rk-gap-l);
      }
      .cards {
        display: grid;
        gap: var(--rk-gap-l);
      }
      .card {
        display: grid;
        gap: var(--rk-gap-s);
        padding: var(--rk-gap-l);
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius-l);
      }
      .accuracy {
        font-size: 2.75rem;
        font-weight: 700;
        line-height: 1.1;
        font-variant-numeric: tabular-nums;
      }
      .good {
        color: var(--rk-go);
      }
      .fair {
        color: var(--rk-warning);
      }
      .poor {
        color: var(--rk-error);
      }
      .verdict {
        font-weight: 700;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--rk-gap-s);
      }
      p {
        max-width: 40rem;
      }
      @media (min-width: 64rem) {
        .cards {
          grid-template-columns: 1fr 1fr;
          align-items: start;
        }
      }
    `,
  ];

  override render() {
    const fix = bestFix(this.model.snapshot.fixes);
    return html`<div class="cards">${this.#kept(fix)} ${this.readonly ? nothing : this.#search(fix)}</div>`;
  }

  #kept(fix: GeotagFix | null) {
    return html`<section class="card" data-fix=${fix ? 'kept' : 'none'}>
      <h2>${t('geotag.kept')}</h2>
      ${
        fix
          ? html`<p class="accuracy ${gradeOf(fix.accuracyMetres)}">±${Math.round(fix.accuracyMetres)} m</p>
              <p class="verdict ${gradeOf(fix.accuracyMetres)}">${verdict(fix.accuracyMetres)}</p>
              <p class="numbers">${fix.latitude.toFixed(6)}, ${fix.longitude.toFixed(6)}</p>
              <p class="small quiet">
                ${t('geotag.kept-at', { at: formatMoment(fix.at), readings: fix.readings })}
              </p>
              ${fix.reason === '' ? nothing : html`<p class="small">${t('geotag.kept-reason', { reason: fix.reason })}</p>`}
              ${this.readonly ? nothing : this.#dropButton(fix)}`
          : html`<p class="quiet">${t('geotag.none')}</p>
              ${this.#dropped()}`
      }
    </section>`;
  }

  #dropButton(fix: GeotagFix) {
    return html`<div class="actions">
      <button
        class="button"
        type="button"
        data-drop-fix
        @click=${() => {
          this.open.household.dropFix(fix.id, true);
          this.geotag.start();
        }}
      >
        ${icon('trash')} ${t('geotag.drop')}
      </button>
    </div>`;
  }

  /** The position dropped last, with the way back. */
  #dropped() {
    const last = this.model.snapshot.fixes.findLast((fix) => fix.dropped);
    if (!last || this.readonly) return nothing;
    return html`<p class="small quiet">${t('geotag.dropped')}</p>
      <div class="actions">
        <button
          class="button"
          type="button"
          data-undrop-fix
          @click=${() => this.open.household.dropFix(last.id, false)}
        >
          ${icon('undo')} ${t('geotag.undrop')}
        </button>
      </div>`;
  }

  #search(fix: GeotagFix | null) {
    const { geotag } = this;
    const { reading } = geotag;
    return html`<section class="card" aria-live="polite" data-search=${geotag.isWatching ? 'on' : 'off'}>
      <h2>${t(geotag.isWatching ? 'geotag.searching' : 'geotag.search')}</h2>
      ${
        reading
          ? html`<p class="accuracy ${gradeOf(reading.accuracyMetres)}" data-accuracy>
                ±${Math.round(reading.accuracyMetres)} m
              </p>
              <p class="verdict ${gradeOf(reading.accuracyMetres)}">${verdict(reading.accuracyMetres)}</p>`
          : nothing
      }
      ${
        geotag.isWatching || reading
          ? html`<p class="small quiet numbers" aria-live="off">
              ${t('geotag.effort', { readings: reading?.readings ?? 0, seconds: geotag.elapsedSeconds })}
            </p>`
          : nothing
      }
      ${
        geotag.failure === null
          ? html`<p class="small">${t('geotag.tip')}</p>`
          : html`<div class="notice warning">
              ${icon('warning')}
              <p class="fill">${t(`geotag.${geotag.failure}`)}</p>
            </div>`
      }
      ${reading && reading.accuracyMetres > FAIR_METRES && fix === null ? this.#reasonField() : nothing}
      <div class="actions">
        ${
          reading && reading.accuracyMetres > GOOD_METRES
            ? html`<button
                class="button go"
                type="button"
                data-keep-fix
                ?disabled=${reading.accuracyMetres > FAIR_METRES && this.reason === ''}
                @click=${() => this.geotag.keep(reading.accuracyMetres > FAIR_METRES ? this.reason : '')}
              >
                ${t('geotag.keep')}
              </button>`
            : nothing
        }
        ${
          geotag.isWatching
            ? nothing
            : html`<button class="button" type="button" @click=${() => this.geotag.start()}>
                ${icon('place')} ${t(fix ? 'geotag.again' : 'geotag.start')}
              </button>`
        }
      </div>
    </section>`;
  }

  #reasonField() {
    return html`<label class="field">
      <span class="label">${t('geotag.reason')}</span>
      <input
        class="input"
        maxlength="200"
        data-fix-reason
        @input=${(event: InputEvent) => (this.reason = (event.target as HTMLInputElement).value.trim())}
      />
    </label>`;
  }
}

function gradeOf(metres: number): 'good' | 'fair' | 'poor' {
  return metres <= GOOD_METRES ? 'good' : metres <= FAIR_METRES ? 'fair' : 'poor';
}

function verdict(metres: number): string {
  return t(`geotag.${gradeOf(metres)}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-geotag-page': RkGeotagPage;
  }
}
