import type { DrawerRow } from '../../components/drawer/drawer.ts';
import { t, tx } from '../../i18n/translate.ts';
import type { FormModel, PageState } from './form-model.ts';
import { nameOf } from './roster-page.ts';

/** The rows of the drawer: a page each, members nested, and the last page. */
export function drawerRows(model: FormModel): DrawerRow[] {
  const hasFix = model.snapshot.fixes.length > 0;
  const rows = model.pages.map((page): DrawerRow => {
    if (page.kind === 'member') {
      const index = model.members.findIndex((member) => member.id === page.member);
      const member = model.members[index];
      return {
        page: page.id,
        name: `${index + 1}. ${member ? nameOf(member) : ''}`,
        isNested: true,
        ...stateOfPage(model.pageStates.get(page.id)),
      };
    }
    if (page.kind === 'roster') {
      const detail = t('drawer.members', { count: model.members.length });
      return { page: page.id, name: `IV. ${tx(page.title)}`, detail, isNested: false, mark: 'none' };
    }
    if (page.id === 'GEO') {
      const detail = t(hasFix ? 'geotag.taken' : 'geotag.not-taken');
      return {
        page: page.id,
        name: tx(page.title),
        detail,
        isNested: false,
        mark: hasFix ? 'complete' : 'blank',
      };
    }
    return {
      page: page.id,
      name: `${page.id}. ${tx(page.title)}`,
      isNested: false,
      ...stateOfPage(model.pageStates.get(page.id)),
    };
  });
  const last: DrawerRow = {
    page: 'submit',
    name: t('submit.title'),
    detail: '',
    isNested: false,
    mark: 'none',
  };
  return [...rows, last];
}

function stateOfPage(state: PageState | undefined): Pick<DrawerRow, 'detail' | 'mark'> {
  if (!state) return { detail: '', mark: 'none' };
  if (state.errors > 0) return { detail: t('page.errors', { count: state.errors }), mark: 'error' };
  if (state.blank > 0) return { detail: t('page.blank', { count: state.blank }), mark: 'blank' };
  if (state.warnings > 0) return { detail: t('page.warnings', { count: state.warnings }), mark: 'warning' };
  return { detail: t('page.complete'), mark: 'complete' };
}
