import { css, html, nothing } from 'lit';
import { IMPORT_COLUMNS, IMPORT_REASONS, type ImportReport } from '@rukun/core/people';
import { tx } from '../../i18n/translate.ts';
import { icon } from '../../styles/icons.ts';
import { ti } from './import-words.ts';

export const importReportStyles = css`
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(8rem, 100%), 1fr));
    gap: var(--rk-gap-s);
    margin: 0;
  }
  .counts > div {
    padding: var(--rk-gap-m);
    border: 1px solid var(--rk-line);
    border-radius: var(--rk-radius);
    background: var(--rk-surface);
  }
  .counts dt {
    color: var(--rk-ink-soft);
    font-size: var(--rk-text-s);
    font-weight: 400;
  }
  .counts dd {
    margin: 0;
    font-size: var(--rk-text-xl);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .counts .faulty dd {
    color: var(--rk-error);
  }
  .scroll {
    overflow: auto;
    max-height: 28rem;
    border: 1px solid var(--rk-line);
    border-radius: var(--rk-radius);
    background: var(--rk-surface);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: var(--rk-gap-s) var(--rk-gap-m);
    border-bottom: 1px solid var(--rk-line);
    text-align: start;
    vertical-align: top;
  }
  th {
    position: sticky;
    top: 0;
    background: var(--rk-surface-sunk);
    font-size: var(--rk-text-s);
  }
  td.numbers {
    font-weight: 700;
  }
`;

/** What a file would change, and every row that has to be mended. */
export function importReport({ added, changed, unchanged, faultyRows, rows, faults }: ImportReport) {
  const counts = [
    ['added', added],
    ['changed', changed],
    ['unchanged', unchanged],
    ['faulty', faultyRows],
  ] as const;
  return html`<dl class="counts">
      ${counts.map(
        ([name, count]) =>
          html`<div class=${name === 'faulty' && count > 0 ? 'faulty' : ''} data-count=${name}>
            <dt>${ti(name)}</dt>
            <dd>${count}</dd>
          </div>`,
      )}
    </dl>
    ${
      faultyRows > 0
        ? html`<div class="notice error" role="alert">
              ${icon('error')}
              <p class="fill">${ti('bad', { count: faultyRows, rows: Math.max(rows, faultyRows) })}</p>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label=${ti('reason')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">${ti('line')}</th>
                    <th scope="col">${ti('column')}</th>
                    <th scope="col">${ti('reason')}</th>
                  </tr>
                </thead>
                <tbody>
                  ${faults.map(
                    ({ line, column, reason }) =>
                      html`<tr data-fault=${reason}>
                        <td class="numbers">${line}</td>
                        <td>${column === null ? '–' : tx(IMPORT_COLUMNS[column])}</td>
                        <td>${tx(IMPORT_REASONS[reason])}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            ${faults.length < faultyRows ? html`<p class="quiet small">${ti('bad-more', { count: faults.length })}</p>` : nothing}`
        : nothing
    }`;
}
