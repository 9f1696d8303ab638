import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ErrorCode } from '@rukun/core/foundation';
import { COLUMN_NAMES, csvLine, IMPORT_COLUMNS, type ImportReport } from '@rukun/core/people';
import type { App, ImportOutcome } from '../../app/app.ts';
import '../../components/app-bar/app-bar.ts';
import { RkElement } from '../../components/element.ts';
import { tx } from '../../i18n/translate.ts';
import { saveFile } from '../../platform/hand-over.ts';
import { icon } from '../../styles/icons.ts';
import { buttons, notices, shared } from '../../styles/shared.ts';
import { failureNotice } from './failure-notice.ts';
import { importReport, importReportStyles } from './import-report.ts';
import { ti } from './import-words.ts';
import './password-slips.ts';
import { peopleStyles } from './people.styles.ts';

type Step =
  | { readonly step: 'choose'; readonly isCalledOff: boolean }
  | { readonly step: 'checking' }
  | { readonly step: 'checked'; readonly report: ImportReport }
  | { readonly step: 'importing'; readonly done: number; readonly of: number }
  | { readonly step: 'imported'; readonly outcome: ImportOutcome }
  | { readonly step: 'failed'; readonly code: ErrorCode };

/** Made up, and said to be. */
const EXAMPLE = [
  ['contoh.koseka', 'Contoh Satu (karangan)', 'Koseka', '', '7102990', 'aktif'],
  ['contoh.pengawas', 'Contoh Dua (karangan)', 'Pengawas (PML)', '010', '', 'aktif'],
  ['contoh.petugas', 'Contoh Tiga (karangan)', 'Petugas (PPL)', '0101', '', 'aktif'],
] as const;

/** Passwords that were neither downloaded nor printed: who left the screen by accident finds them here until the page is closed. */
let unkept: { readonly person: string; readonly outcome: ImportOutcome } | null = null;

/** Choose a file, see what it would do, agree, and take the one-time passwords. */
@customElement('rk-people-import-screen')
export class RkPeopleImportScreen extends RkElement {
  @property({ attribute: false }) app!: App;
  @state() private step: Step = { step: 'choose', isCalledOff: false };
  @query('#file') private input!: HTMLInputElement;
  #file: File | null = null;
  #calledOff = new AbortController();

  static override styles = [
    shared,
    buttons,
    notices,
    peopleStyles,
    importReportStyles,
    css`
      dl {
        display: grid;
        gap: var(--rk-gap-s);
        margin-top: var(--rk-gap-s);
      }
      dt {
        font-weight: 600;
      }
      dd {
        margin-bottom: var(--rk-gap-xs);
      }
      progress {
        width: 100%;
        height: 1rem;
        accent-color: var(--rk-primary);
      }
      @media print {
        rk-app-bar,
        .screen {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    if (unkept && unkept.person === this.#person()) this.step = { step: 'imported', outcome: unkept.outcome };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#calledOff.abort();
  }

  #person(): string | undefined {
    return this.app.session.me.get()?.person.id;
  }

  #keep(outcome: ImportOutcome): void {
    const person = this.#person();
    if (person !== undefined && outcome.slips.length > 0) unkept = { person, outcome };
    this.step = { step: 'imported', outcome };
  }

  override render() {
    const { step } = this;
    const isBusy = step.step === 'importing' || step.step === 'imported';
    return html`${isBusy ? nothing : html`<rk-app-bar .app=${this.app} .back=${'/orang'}></rk-app-bar>`}
      <main data-import-step=${step.step}>
        <div class="screen">
          <h1>${ti('title')}</h1>
          <p class="quiet">${ti('lead')}</p>
        </div>
        <input
          id="file"
          type="file"
          hidden
          accept=".csv,text/csv"
          data-import-file
          @change=${() => void this.#check()}
        />
        ${this.#part(step)}
      </main>`;
  }

  #part(step: Step) {
    switch (step.step) {
      case 'checking':
        return html`<p role="status">${ti('checking')}</p>`;
      case 'checked':
        return this.#checked(step.report);
      case 'importing':
        return this.#importing(step.done, step.of);
      case 'imported':
        return this.#imported(step.outcome);
      case 'failed':
        return failureNotice(step.code, () => void this.#check());
      case 'choose':
      default:
        return this.#choose(step.isCalledOff);
    }
  }

  #choose(isCalledOff: boolean) {
    return html`${
        isCalledOff
          ? html`<div class="notice info" role="status">
              ${icon('info')}
              <p class="fill">${ti('called-off')}</p>
            </div>`
          : nothing
      }
      <div class="ways">
        <button class="button main" type="button" data-choose @click=${() => this.input.click()}>
          ${icon('plus')} ${ti('choose')}
        </button>
        <button class="button" type="button" @click=${saveExample}>${icon('save')} ${ti('example')}</button>
      </div>
      <section>
        <h2>${ti('columns')}</h2>
        <p class="quiet">${ti('columns-lead')}</p>
        <dl>
          ${COLUMN_NAMES.map(
            (name) =>
              html`<div>
                <dt>
                  ${tx(IMPORT_COLUMNS[name])}
                  ${IMPORT_COLUMNS[name].isRequired ? html`<span class="pill">${ti('required')}</span>` : nothing}
                </dt>
                <dd class="quiet">${ti(`column-${name}`)}</dd>
              </div>`,
          )}
        </dl>
      </section>`;
  }

  #checked(report: ImportReport) {
    const { added, changed, faultyRows, rows } = report;
    const again = html`<button class="button" type="button" data-choose @click=${() => this.input.click()}>
      ${icon('sync')} ${ti('again')}
    </button>`;
    return html`<h2>${ti('result', { file: this.#file?.name ?? '' })}</h2>
      ${importReport(report)}
      ${
        faultyRows > 0
          ? html`<div class="ways">${again}</div>`
          : added + changed === 0
            ? html`<div class="notice good" role="status" data-nothing-new>
                  ${icon('check')}
                  <p class="fill">${ti('nothing')}</p>
                </div>
                <div class="ways">${again}</div>`
            : html`<div class="notice good" role="status">
                  ${icon('check')}
                  <div class="fill">
                    <p>${ti('good', { rows })}</p>
                    ${added > 0 ? html`<p>${ti('good-new', { count: added })}</p>` : nothing}
                  </div>
                </div>
                <div class="ways">
                  <button
                    class="button main"
                    type="button"
                    data-import-apply
                    @click=${() => void this.#import()}
                  >
                    ${ti('apply')}
                  </button>
                  ${again}
                </div>`
      }`;
  }

  #importing(done: number, of: number) {
    const words = done < of ? ti('working', { done, of }) : ti('writing');
    return html`<div class="stack" role="status">
      <p>${words}</p>
      <progress max=${Math.max(of, 1)} .value=${done} aria-label=${words}></progress>
      <p class="quiet">${ti('stay-here')}</p>
      <div class="ways">
        <button class="button" type="button" @click=${() => this.#calledOff.abort()}>
          ${ti('call-off')}
        </button>
      </div>
    </div>`;
  }

  #imported({ report, slips }: ImportOutcome) {
    const { added, changed } = report;
    return html`<div class="notice good screen" role="status" data-imported=${added + changed}>
        ${icon('check')}
        <p class="fill">${ti('done', { added, changed })}</p>
      </div>
      ${
        slips.length > 0
          ? html`<rk-password-slips .slips=${slips} @rk-kept=${() => (unkept = null)}></rk-password-slips>`
          : html`<div class="ways"><a class="button main" href="/orang">${ti('finish')}</a></div>`
      }`;
  }

  async #check(): Promise<void> {
    const file = this.input.files?.[0] ?? this.#file;
    // The same file, mended meanwhile, can be chosen again.
    this.input.value = '';
    if (!file) return;
    this.#file = file;
    this.step = { step: 'checking' };
    const people = await this.app.people();
    const report = await people.check(file);
    this.step = report.ok
      ? { step: 'checked', report: report.value }
      : { step: 'failed', code: report.failure.code };
  }

  async #import(): Promise<void> {
    const file = this.#file;
    if (!file || this.step.step !== 'checked') return;
    this.#calledOff = new AbortController();
    const { signal } = this.#calledOff;
    this.step = { step: 'importing', done: 0, of: this.step.report.added };
    const people = await this.app.people();
    const progress = (done: number, of: number): void => {
      this.step = { step: 'importing', done, of };
    };
    const answer = await people.import(file, progress, signal);
    if (!answer.ok) {
      this.step = signal.aborted
        ? { step: 'choose', isCalledOff: true }
        : { step: 'failed', code: answer.failure.code };
    } else if (answer.value.isImported) this.#keep(answer.value);
    // What was right at the check is not any more: somebody else changed people meanwhile.
    else this.step = { step: 'checked', report: answer.value.report };
  }
}

function saveExample(): void {
  const header = COLUMN_NAMES.map((name) => IMPORT_COLUMNS[name].id);
  const text = `\uFEFF${[header, ...EXAMPLE].map(csvLine).join('')}`;
  saveFile(new File([text], 'contoh-orang.csv', { type: 'text/csv' }));
}

declare global {
  interface HTMLElementTagNameMap {
    'rk-people-import-screen': RkPeopleImportScreen;
  }
}
