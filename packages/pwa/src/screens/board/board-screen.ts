import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { App, OpenBoard } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import { Watch } from '../../components/watch.ts';
import type { Assignment } from '@rukun/core/board';
import { parseDocumentName } from '@rukun/core/protocol';
import { formatDay, initials } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';

/** The board of a kecamatan: who records which area, who checks it, how much and by when. To be read only for now. */
@customElement('rk-board-screen')
export class RkBoardScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private open: OpenBoard | null = null;
  @state() private hasFailed = false;
  #connection = 0;
  readonly #assignments = new Watch(this, () => this.open?.assignments);
  readonly #live = new Watch(this, () => this.open?.live);
  readonly #present = new Watch(this, () => this.open?.present);
  readonly #me = new Watch(this, () => this.app.session.me);

  static override styles = [
    shared,
    buttons,
    notices,
    css`
      :host {
        min-height: 100dvh;
        background: var(--rk-ground);
      }
      main {
        display: grid;
        gap: var(--rk-gap-l);
        max-width: 80rem;
        margin: 0 auto;
        padding: var(--rk-gap-l);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--rk-gap-m);
      }
      .avatar {
        display: grid;
        place-items: center;
        width: 2.25rem;
        height: 2.25rem;
        border: 2px solid var(--rk-go);
        border-radius: 50%;
        background: var(--rk-go-soft);
        color: var(--rk-go);
        font-size: var(--rk-text-s);
        font-weight: 700;
      }
      .scroll {
        overflow-x: auto;
        border: 1px solid var(--rk-line);
        border-radius: var(--rk-radius-l);
        background: var(--rk-surface);
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      th,
      td {
        padding: var(--rk-gap-m);
        border-bottom: 1px solid var(--rk-line);
        text-align: left;
        vertical-align: top;
      }
      tr:last-child td {
        border-bottom: 0;
      }
      th {
        background: var(--rk-surface-sunk);
        color: var(--rk-ink-soft);
        font-size: var(--rk-text-s);
        white-space: nowrap;
      }
      .right {
        text-align: right;
      }
      .nobody {
        color: var(--rk-warning);
        font-weight: 600;
      }
      .nothing {
        padding: var(--rk-gap-xl);
        text-align: center;
      }
      @media (max-width: 44rem) {
        .scroll {
          border: 0;
          background: none;
        }
        table,
        tbody,
        tr,
        td {
          display: block;
        }
        thead {
          display: none;
        }
        tr {
          display: grid;
          gap: 0.3rem;
          margin-bottom: var(--rk-gap-m);
          padding: var(--rk-gap-l);
          border: 1px solid var(--rk-line);
          border-radius: var(--rk-radius-l);
          background: var(--rk-surface);
        }
        td {
          display: grid;
          grid-template-columns: 7.5rem 1fr;
          padding: 0;
          border: 0;
          text-align: left;
        }
        td.right {
          text-align: left;
        }
        td::before {
          content: attr(data-label);
          color: var(--rk-ink-soft);
          font-size: var(--rk-text-s);
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#openBoard();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection++;
    void this.open?.close();
    this.open = null;
  }

  async #openBoard(): Promise<void> {
    const connection = ++this.#connection;
    const name = parseDocumentName(this.app.session.me.get()?.boards[0] ?? '');
    if (!name.ok) return;
    try {
      const opened = await this.app.board(name.value.name);
      if (connection === this.#connection) this.open = opened;
      else await opened.close();
    } catch {
      this.hasFailed = true;
    }
  }

  override render() {
    const me = this.#me.value;
    const assignments = this.#assignments.value ?? [];
    const kecamatan = me?.areas[0]?.kecamatan ?? '';
    const isMadeUp = assignments.some((each) => this.app.session.areaOf(each.area)?.codesAreMadeUp);
    return html`<rk-app-bar .app=${this.app}></rk-app-bar>
      <main>
        <div class="head">
          <h1>${t('board.title')} ${kecamatan}</h1>
          ${this.#liveBadge()}
          ${(this.#present.value ?? []).map(
            ({ person }) =>
              html`<span
                class="avatar"
                data-present=${person.id}
                title=${t('presence.open', { name: person.name })}
                >${initials(person.name)}</span
              >`,
          )}
        </div>
        ${
          this.hasFailed
            ? html`<div class="notice error" role="alert">
                ${icon('error')}
                <p class="fill">${t('form.failed')}</p>
              </div>`
            : nothing
        }
        ${isMadeUp ? html`<p class="small quiet">${t('board.made-up')}</p>` : nothing}
        ${assignments.length === 0 ? this.#empty(me?.boards.length ?? 0) : this.#table(assignments)}
      </main>`;
  }

  #liveBadge() {
    const live = this.#live.value ?? 'offline';
    return html`<span class="pill ${live === 'live' ? 'approved' : ''}" data-live=${live}>
      ${icon(live === 'live' ? 'online' : 'offline')} ${t(`live.${live}`)}
    </span>`;
  }

  #empty(boards: number) {
    return html`<div class="nothing" data-empty>
      <h2>${t(boards === 0 ? 'board.none' : 'board.empty')}</h2>
      <p class="quiet">${t(boards === 0 ? 'board.none-why' : 'board.empty-why')}</p>
    </div>`;
  }

  #table(assignments: readonly Assignment[]) {
    const columns = ['code', 'area', 'village', 'officer', 'supervisor', 'target', 'due'] as const;
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col" class=${column === 'target' ? 'right' : ''}>${t(`board.${column}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${assignments.map((each) => this.#row(each))}
        </tbody>
      </table>
    </div>`;
  }

  #row(assignment: Assignment) {
    const area = this.app.session.areaOf(assignment.area);
    return html`<tr data-assignment=${assignment.area}>
      <td class="numbers" data-label=${t('board.code')}>${assignment.area}</td>
      <td data-label=${t('board.area')}>${area?.name ?? '–'}</td>
      <td data-label=${t('board.village')}>${area?.village ?? '–'}</td>
      <td data-label=${t('board.officer')}>${this.#person(assignment.officer)}</td>
      <td data-label=${t('board.supervisor')}>${this.#person(assignment.supervisor)}</td>
      <td class="right numbers" data-label=${t('board.target')}>${assignment.target}</td>
      <td data-label=${t('board.due')}>${formatDay(assignment.dueDate) || '–'}</td>
    </tr>`;
  }

  #person(id: string | null) {
    if (id === null) return html`<span class="nobody">${t('board.nobody')}</span>`;
    return this.app.session.nameOf(id) || t('person.unknown');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-board-screen': RkBoardScreen;
  }
}
