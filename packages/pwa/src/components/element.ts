import { LitElement } from 'lit';
import { onLanguage } from '../i18n/translate.ts';

/** What every element of ours is: it shows itself anew when the language is switched. */
export class RkElement extends LitElement {
  #stopLanguage: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopLanguage = onLanguage(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopLanguage?.();
  }

  /** Sends an event that also crosses the borders of elements. */
  protected send(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
