import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RescueControl } from '../../app/app.ts';
import { formatFileSize } from '../../i18n/format.ts';
import { saveFile, shareable, shareFile } from '../../platform/hand-over.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, fields, notices, shared } from '../../styles/shared.ts';
import { RkElement } from '../element.ts';
import { passphraseField, passphraseOf, SHORTEST } from './passphrase-field.ts';
import { tr, type RescueKey } from './rescue-words.ts';
import { rescueStyles } from './rescue.styles.ts';

/** Makes a rescue file and hands it over: to the phone's downloads, or to wherever the system can share it. */
@customElement('rk-rescue-write')
export class RkRescueWrite extends RkElement {
  @property({ attribute: false }) control!: RescueControl;
  @state() private waiting: { readonly families: number; readonly edits: number } | null = null;
  @state() private file: File | null = null;
  @state() private isMaking = false;
  @state() private problem: RescueKey | null = null;
  @state() private said: RescueKey | null = null;

  static override styles = [shared, buttons, fields, notices, rescueStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#count();
  }

  async #count(): Promise<void> {
    try {
      this.waiting = await this.control.waiting();
    } catch {
      this.problem = 'problem.device';
    }
  }

  override render(): TemplateResult {
    if (!this.control.isPossible) return this.#notice('error', 'no-crypto');
    if (this.file) return this.#made(this.file);
    if (!this.waiting) return html`${this.problem ? this.#notice('error', this.problem) : nothing}`;
    if (this.waiting.edits === 0) return this.#notice('good', 'write.nothing');
    return html`<form @submit=${this.#make} novalidate>
      <p data-rescue-waiting=${this.waiting.edits}><strong>${tr('write.what', this.waiting)}</strong></p>
      <p>${tr('write.why')}</p>
      ${passphraseField(true)} ${this.problem ? this.#notice('error', this.problem) : nothing}
      <button class="button main" type="submit" data-rescue-make ?disabled=${this.isMaking}>
        ${icon('save')} ${tr(this.isMaking ? 'write.making' : 'write.make')}
      </button>
    </form>`;
  }

  #made(file: File) {
    const toShare = shareable(file);
    return html`<div class="steps" data-rescue-made>
      <div class="notice good" role="status">
        ${icon('check')}
        <div class="fill">
          <p>${tr('write.made', { size: formatFileSize(file.size) })}</p>
          <p class="small name">${file.name}</p>
        </div>
      </div>
      <div class="ways">
        <button class="button main" type="button" data-rescue-save @click=${() => this.#save(file)}>
          ${icon('save')} ${tr('write.save')}
        </button>
        ${
          toShare
            ? html`<button
                class="button"
                type="button"
                data-rescue-share
                @click=${() => void this.#share(toShare)}
              >
                ${icon('share')} ${tr('write.share')}
              </button>`
            : nothing
        }
      </div>
      <p role="status">${this.said ? tr(this.said) : ''}</p>
      <p class="small quiet">${tr('write.after')}</p>
    </div>`;
  }

  #notice(kind: 'error' | 'good', words: RescueKey): TemplateResult {
    return html`<div
      class="notice ${kind}"
      role=${kind === 'error' ? 'alert' : 'status'}
      data-rescue-says=${words}
    >
      ${icon(kind === 'error' ? 'error' : 'check')}
      <p class="fill">${tr(words)}</p>
    </div>`;
  }

  readonly #make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isMaking) return;
    const form = event.target as HTMLFormElement;
    const passphrase = passphraseOf(form);
    if (passphrase.length < SHORTEST) {
      this.problem = 'key.short';
      form.querySelector('input')?.focus();
      return;
    }
    this.problem = null;
    this.isMaking = true;
    try {
      const made = await this.control.write(passphrase);
      if (made.ok) this.file = new File([made.value.bytes], made.value.name);
      else this.problem = made.failure.code === 'too-large' ? 'write.too-large' : 'no-crypto';
    } catch {
      this.problem = 'problem.device';
    }
    this.isMaking = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[data-rescue-save]')?.focus();
  };

  #save(file: File): void {
    saveFile(file);
    this.said = 'write.handed';
  }

  async #share(file: File): Promise<void> {
    this.said = (await shareFile(file)) ? 'write.handed' : 'write.not-shared';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-rescue-write': RkRescueWrite;
  }
}
