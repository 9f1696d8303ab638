import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, RescueControl } from '../../app/app.ts';
import { shared } from '../../styles/shared.ts';
import '../dialog/dialog.ts';
import { RkElement } from '../element.ts';
import type { RescueWish } from '../rescue-request.ts';
import './rescue-read.ts';
import { tr } from './rescue-words.ts';
import './rescue-write.ts';

/** The dialog of the rescue file; open from the moment it is there. Sends `rk-close`. */
@customElement('rk-rescue')
export class RkRescue extends RkElement {
  @property({ attribute: false }) app!: App;
  @property() wish: RescueWish = 'write';
  @state() private control: RescueControl | null = null;

  static override styles = [shared];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.app.rescue().then((control) => (this.control = control));
  }

  override render() {
    const { control } = this;
    const isWriting = this.wish === 'write';
    return html`<rk-dialog open .heading=${tr(isWriting ? 'write.title' : 'read.title')}>
      ${
        control === null
          ? nothing
          : isWriting
            ? html`<rk-rescue-write .control=${control}></rk-rescue-write>`
            : html`<rk-rescue-read .control=${control}></rk-rescue-read>`
      }
    </rk-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-rescue': RkRescue;
  }
}
