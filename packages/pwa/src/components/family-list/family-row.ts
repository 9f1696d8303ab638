import { html, nothing, type TemplateResult } from 'lit';
import type { FamilyEntry } from '../../app/app.ts';
import { pathOfHousehold } from '../../app/routes.ts';
import { STATE_WORDS } from '@rukun/core/household';
import type { MessageKey } from '../../i18n/messages.ts';
import { t, tx } from '../../i18n/translate.ts';
import { icon, type IconName } from '../../styles/icons.ts';
import { ticks } from '../ticks/ticks.ts';

/** The number a family goes by: building/family once verified, else its row on the list. */
export function numberOf(entry: FamilyEntry): string {
  if (entry.building !== null || entry.family !== null)
    return `${entry.building ?? '–'}/${entry.family ?? '–'}`;
  return entry.prelistNumber === null ? t('family.added-short') : `#${entry.prelistNumber}`;
}

/** One family of the list, a link to its form. */
export function familyRow(entry: FamilyEntry): TemplateResult {
  return html`<a
    class="row"
    href=${pathOfHousehold(entry.document)}
    data-family=${entry.document}
    data-state=${entry.state}
  >
    <span class="number numbers">${numberOf(entry)}</span>
    <span class="who">
      <span class="head"
        >${entry.isErased === true ? t('family.erased') : entry.head || t('family.nameless')}</span
      >
      <span class="address">${entry.address || t('family.no-address')}</span>
      <span class="badges">
        <span class="pill ${entry.state}">${tx(STATE_WORDS[entry.state])}</span>
        ${entry.origin === 'added' ? html`<span class="pill">${t('family.added')}</span>` : nothing}
        ${badge('error', 'error', entry.errors, 'page.errors')}
        ${badge('warning', 'warning', entry.warnings, 'page.warnings')}
        ${badge('remark', 'remark', entry.remarks, 'question.remarks')}
        ${badge('standing', 'standing', entry.standing, 'counters.standing')}
        ${
          entry.ticks.refused === null
            ? nothing
            : html`<span class="badge error">${icon('error')}${t('refused.short')}</span>`
        }
      </span>
    </span>
    ${ticks(entry.ticks)}
  </a>`;
}

function badge(kind: string, drawing: IconName, count: number, words: MessageKey) {
  if (count === 0) return nothing;
  const text = t(words, { count });
  return html`<span class="badge ${kind}" title=${text}
    >${icon(drawing)}${count}<span class="unseen">${text}</span></span
  >`;
}
