import type { Page } from '@rukun/core/questionnaire';
import { t, tx } from '../../i18n/translate.ts';
import type { FormModel } from './form-model.ts';
import { nameOf } from './roster-page.ts';

/** The title over a page: the block as printed, or the member by name. */
export function pageTitle(page: Page, model: FormModel): string {
  if (page.kind === 'member') {
    const index = model.members.findIndex((member) => member.id === page.member);
    const member = model.members[index];
    return `${index + 1}. ${member ? nameOf(member) : tx(page.title)}`;
  }
  const block = page.kind === 'roster' ? 'IV' : page.id;
  return page.id === 'GEO' ? tx(page.title) : `${t('form.block')} ${block}. ${tx(page.title)}`;
}
