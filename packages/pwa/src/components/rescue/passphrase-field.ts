import { html } from 'lit';
import { tr } from './rescue-words.ts';

/** Shorter ones are guessed too soon by whoever has the file. */
export const SHORTEST = 10;

/** Where the passphrase is typed, in clear: a mistake in it costs the file. `isNew`: it is being chosen. */
export function passphraseField(isNew: boolean) {
  return html`<label class="field">
    <span class="label">${tr('key.label')}</span>
    <input
      class="input"
      name="passphrase"
      type="text"
      autocomplete="off"
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      maxlength="200"
      required
      aria-describedby="about-passphrase"
    />
    <span class="small quiet" id="about-passphrase">${tr(isNew ? 'key.new' : 'key.old')}</span>
  </label>`;
}

/** What was typed, as the seal takes it. */
export function passphraseOf(form: HTMLFormElement): string {
  const typed = new FormData(form).get('passphrase');
  return typeof typed === 'string' ? typed.normalize('NFC').trim() : '';
}
