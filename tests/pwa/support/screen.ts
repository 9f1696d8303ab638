import { userEvent } from 'vitest/browser';
import '../../../packages/pwa/src/app/app-shell.ts';
import type { RkApp } from '../../../packages/pwa/src/app/app-shell.ts';
import { setLanguage } from '../../../packages/pwa/src/i18n/translate.ts';
import type { MemoryApp } from './memory-app.ts';

/** The whole app on the page, for tests that use it as a person does. */
export class Screen {
  readonly shell: RkApp;

  constructor(app: MemoryApp, path = '/') {
    setLanguage('id');
    document.body.replaceChildren();
    history.replaceState(null, '', path);
    this.shell = Object.assign(document.createElement('rk-app'), { app });
    document.body.append(this.shell);
  }

  /** All elements that fit, through every shadow root, in document order. */
  all(selector: string): HTMLElement[] {
    return deep(document.body, selector);
  }

  /** The first element that fits, or null. */
  query(selector: string): HTMLElement | null {
    return this.all(selector)[0] ?? null;
  }

  /** Waits until an element is there. */
  async find(selector: string): Promise<HTMLElement> {
    return this.until(() => this.query(selector), selector);
  }

  /** Waits until something is true; looks again at every frame. */
  async until<T>(look: () => T | null | undefined | false, what = 'it'): Promise<T> {
    for (let frame = 0; frame < 300; frame++) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    throw new Error(`${what} did not come; the screen says: ${this.text().slice(0, 500)}`);
  }

  async click(selector: string): Promise<void> {
    await userEvent.click(await this.find(selector));
  }

  /** Types into whatever has the focus; `{Enter}` and other keys as user-event writes them. */
  async type(keys: string): Promise<void> {
    await userEvent.keyboard(keys);
  }

  /** Puts the cursor into a question's field. */
  async enter(place: string): Promise<void> {
    await userEvent.click(await this.find(`[data-place="${place}"] [data-input]`));
  }

  /** The question that has the focus, through shadow roots. */
  focused(): string | null {
    let active = document.activeElement;
    let place: string | null = null;
    while (active) {
      place = active.closest('[data-place]')?.getAttribute('data-place') ?? place;
      active = active.shadowRoot?.activeElement ?? null;
    }
    return place;
  }

  async untilFocused(place: string): Promise<void> {
    await this.until(() => this.focused() === place, `focus on ${place} (is on ${this.focused()})`);
  }

  /** Opens a page of the form. */
  async goTo(page: string): Promise<void> {
    const menu = await this.find('[data-menu]');
    if (menu.checkVisibility()) {
      await userEvent.click(menu);
      await this.click(`dialog [data-open-page="${page}"]`);
    } else await this.click(`aside [data-open-page="${page}"]`);
    await this.find(`[data-page="${page}"]`);
  }

  value(place: string): string {
    return (this.query(`[data-place="${place}"] [data-input]`) as HTMLInputElement | null)?.value ?? '';
  }

  text(root: Node = document.body): string {
    if (root instanceof HTMLStyleElement) return '';
    const inner = root instanceof Element && root.shadowRoot ? this.text(root.shadowRoot) : '';
    const children = [...root.childNodes].map((child) =>
      child instanceof Text ? child.data : this.text(child),
    );
    return [inner, ...children].join(' ').replaceAll(/\s+/g, ' ').trim();
  }
}

/** A selector with spaces crosses shadow borders at each space. */
function deep(root: ParentNode, selector: string): HTMLElement[] {
  const parts = selector.split(/\s+(?![^[]*\])/);
  let found: ParentNode[] = [root];
  for (const part of parts) found = [...new Set(found.flatMap((each) => within(each, part)))];
  return found.filter((each): each is HTMLElement => each instanceof HTMLElement);
}

function within(root: ParentNode, selector: string): HTMLElement[] {
  const list: HTMLElement[] = [];
  const visit = (node: ParentNode): void => {
    for (const child of node.children) {
      if (child instanceof HTMLElement && child.matches(selector)) list.push(child);
      visit(child);
    }
    if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
  };
  visit(root);
  return list;
}
