import { css, html, type TemplateResult } from 'lit';
import type { FamilyEntry } from '../../app/app.ts';
import { t } from '../../i18n/translate.ts';

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly approved: number;
  readonly prelist: number;
  readonly added: number;
}

/** How far the families are: done means submitted or approved. */
export function progressOf(entries: readonly FamilyEntry[]): Progress {
  const count = (test: (entry: FamilyEntry) => boolean) => entries.filter(test).length;
  const added = count((entry) => entry.origin === 'added');
  return {
    total: entries.length,
    done: count((entry) => entry.state === 'submitted' || entry.state === 'approved'),
    approved: count((entry) => entry.state === 'approved'),
    prelist: entries.length - added,
    added,
  };
}

/** A bar with words beside it. */
export function progressBar(progress: Progress): TemplateResult {
  const percent = progress.total === 0 ? 0 : Math.round((100 * progress.done) / progress.total);
  const approved = progress.total === 0 ? 0 : (100 * progress.approved) / progress.total;
  return html`<div class="progress" data-progress=${percent}>
    <p class="progress-words">
      <strong class="numbers"
        >${t('progress.done', { done: progress.done, total: progress.total, percent })}</strong
      >
      <span class="small quiet numbers"
        >${t('progress.origin', { prelist: progress.prelist, added: progress.added, approved: progress.approved })}</span
      >
    </p>
    <svg
      class="bar"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      role="img"
      aria-label=${t('progress.bar', { percent })}
    >
      <rect class="done" width=${percent} height="10"></rect>
      <rect class="approved" width=${approved} height="10"></rect>
    </svg>
  </div>`;
}

export const progressStyles = css`
  .progress {
    display: grid;
    gap: 0.4rem;
  }
  .progress-words {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--rk-gap-m);
  }
  .bar {
    display: block;
    width: 100%;
    height: 0.7rem;
    border-radius: 999px;
    background: var(--rk-line);
    overflow: hidden;
  }
  .bar .done {
    fill: var(--rk-state-submitted);
  }
  .bar .approved {
    fill: var(--rk-state-approved);
  }
`;
