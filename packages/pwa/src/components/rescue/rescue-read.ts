import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RescueControl, RescuePreview } from '../../app/app.ts';
import type { Failure } from '@rukun/core/foundation';
import { RESCUE } from '@rukun/core/protocol';
import { formatMoment } from '../../i18n/format.ts';
import { StoreFailure } from '../../stores/store-failure.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { passphraseField, passphraseOf } from './passphrase-field.ts';
import { tr, type RescueKey } from './rescue-words.ts';
import { rescueStyles } from './rescue.styles.ts';

const PROBLEMS: Partial<Record<Failure['code'], RescueKey>> = {
  'wrong-version': 'problem.wrong-version',
  'too-large': 'problem.too-large',
  'wrong-credentials': 'problem.wrong-credentials',
  forbidden: 'problem.forbidden',
  unavailable: 'no-crypto',
};

/** Opens a rescue file, says what is in it, and takes it over if the person wants that. */
@customElement('rk-rescue-read')
export class RkRescueRead extends RkElement {
  @property({ attribute: false }) control!: RescueControl;
  @state() private preview: RescuePreview | null = null;
  @state() private taken: number | null = null;
  @state() private isBusy = false;
  @state() private problem: RescueKey | null = null;

  static override styles = [shared, buttons, fields, notices, rescueStyles];

  override render() {
    if (this.taken !== null) return this.#done(this.taken);
    if (this.preview) return this.#found(this.preview);
    return html`<form @submit=${this.#open} novalidate>
      <p>${tr('read.lead')}</p>
      <label class="field">
        <span class="label">${tr('read.file')}</span>
        <input class="input" type="file" name="file" required />
      </label>
      ${passphraseField(false)} ${this.#problem()}
      <button class="button main" type="submit" data-rescue-open ?disabled=${this.isBusy}>
        ${tr(this.isBusy ? 'read.opening' : 'read.open')}
      </button>
    </form>`;
  }

  #found(preview: RescuePreview) {
    const where = tr(preview.isOfThisDevice ? 'read.this-device' : 'read.other-device');
    return html`<div class="steps">
      <div class="found" tabindex="-1" data-rescue-found=${preview.edits}>
        <strong>${tr('read.found', { families: preview.families, edits: preview.edits })}</strong>
        <span class="quiet">${tr('read.written', { at: formatMoment(preview.writtenAt) })} · ${where}</span>
      </div>
      ${this.#problem()}
      <button
        class="button main"
        type="button"
        data-rescue-take
        ?disabled=${this.isBusy}
        @click=${() => void this.#take(preview)}
      >
        ${icon('save')} ${tr('read.take')}
      </button>
    </div>`;
  }

  #done(count: number) {
    return html`<div class="notice good" role="status" tabindex="-1" data-rescue-taken=${count}>
      ${icon('check')}
      <p class="fill">${count === 0 ? tr('read.known') : tr('read.taken', { edits: count })}</p>
    </div>`;
  }

  #problem() {
    if (this.problem === null) return nothing;
    const isHarmless = this.problem !== 'read.empty';
    return html`<div class="notice error" role="alert" data-rescue-says=${this.problem}>
      ${icon('error')}
      <div class="fill">
        <p>${tr(this.problem)}</p>
        ${isHarmless ? html`<p class="small">${tr('problem.nothing')}</p>` : nothing}
      </div>
    </div>`;
  }

  readonly #open = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const form = event.target as HTMLFormElement;
    const file = new FormData(form).get('file');
    if (!(file instanceof File) || file.name === '') {
      this.problem = 'read.empty';
      return;
    }
    this.problem = null;
    this.isBusy = true;
    this.problem = await this.#read(file, passphraseOf(form));
    this.isBusy = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-rescue-found]')?.focus();
  };

  /** Null: it is open. */
  async #read(file: File, passphrase: string): Promise<RescueKey | null> {
    // What is far too large is not even read into memory.
    if (file.size > RESCUE.fileBytes) return 'problem.too-large';
    let bytes: Uint8Array;
    try {
      bytes = new Uint8Array(await file.arrayBuffer());
    } catch {
      return 'problem.unread';
    }
    const read = await this.control.read(bytes, passphrase);
    if (!read.ok) return problemOf(read.failure);
    this.preview = read.value;
    return null;
  }

  async #take(preview: RescuePreview): Promise<void> {
    this.isBusy = true;
    try {
      this.taken = await preview.take();
      this.problem = null;
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      this.problem = error.reason === 'full' ? 'problem.full' : 'problem.device';
    } finally {
      this.isBusy = false;
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-rescue-taken]')?.focus();
  }
}

function problemOf({ code, paths }: Failure): RescueKey {
  return PROBLEMS[code] ?? (paths?.includes('file') === true ? 'problem.file' : 'problem.damaged');
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-rescue-read': RkRescueRead;
  }
}
