import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { RkElement } from '../../components/element.ts';
import { shared } from '../../styles/shared.ts';
import { lockStyles } from './lock.styles.ts';

/** Says why the app cannot be used now, and how far it has come. */
@customElement('rk-door-notice')
export class RkDoorNotice extends RkElement {
  @property() heading = '';
  @property() words = '';
  /** 0 to 1; null: nothing is under way. */
  @property({ attribute: false }) done: number | null = null;

  static override styles = [shared, lockStyles];

  override render() {
    return html`<main data-door-notice>
      <h1>${this.heading}</h1>
      <div class="card">
        <p role="status">${this.words}</p>
        ${
          this.done === null
            ? nothing
            : html`<progress max="1" .value=${this.done} aria-label=${this.heading}></progress>`
        }
      </div>
    </main>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-door-notice': RkDoorNotice;
  }
}
