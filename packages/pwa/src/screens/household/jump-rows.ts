import { pathOf, placeOf } from '@rukun/core/household';
import { isRelevant, type Question } from '@rukun/core/questionnaire';
import type { Counter } from '../../components/counters/counters.ts';
import type { JumpRow } from '../../components/finding-list/finding-list.ts';
import { answerWords } from '../../components/question/answer-words.ts';
import { t, tx } from '../../i18n/translate.ts';
import { REMOVED } from './form-actions.ts';
import { answerAt, type FormModel } from './form-model.ts';
import { nameOf } from './roster-page.ts';

const ROWS: Readonly<Record<Counter, (model: FormModel) => JumpRow[]>> = {
  answered: answeredRows,
  blank: (model) => model.blank.map((place) => row(pathOf(place), model, 'blank')),
  errors: findingRows,
  remarks: (model) =>
    model.openRemarks
      .filter((remark) => remark.place !== '')
      .map((remark) => row(remark.place, model, 'remark', remark.text)),
  standing: (model) => model.standing.map((path) => row(path, model, 'standing')),
};

/** The rows behind a counter. */
export function jumpRows(counter: Counter, model: FormModel): JumpRow[] {
  return ROWS[counter](model);
}

/** Errors first, then warnings that nobody confirmed, then those confirmed. */
function findingRows(model: FormModel): JumpRow[] {
  const kindOf = ({ finding, confirmed }: FormModel['findings'][number]) =>
    finding.severity === 'error' ? 'error' : confirmed ? 'confirmed' : 'warning';
  const rows = model.findings.map((each) =>
    row(pathOf(each.finding.place), model, kindOf(each), tx(each.finding.message)),
  );
  return (['error', 'warning', 'confirmed'] as const).flatMap((kind) =>
    rows.filter((each) => each.kind === kind),
  );
}

function answeredRows(model: FormModel): JumpRow[] {
  return model.pages.flatMap((page) =>
    page.groups.flatMap((group) =>
      group.questions.flatMap((question) => {
        const place = { member: page.member, question: question.id };
        const value = answerAt(model.snapshot, place);
        if (value === null || !isRelevant(model.evaluation, place)) return [];
        return [
          row(pathOf(place), model, 'answered', `${tx(question.label)}: ${answerWords(question, value)}`),
        ];
      }),
    ),
  );
}

function row(path: string, model: FormModel, kind: JumpRow['kind'], text?: string): JumpRow {
  const place = placeOf(path);
  const question = place ? questionAt(model, place.question) : undefined;
  const member = model.snapshot.members.find((each) => each.id === place?.member);
  const isMembership = place?.member !== null && place?.question === REMOVED;
  const label = question ? tx(question.label) : t(isMembership ? 'membership.question' : 'remarks.record');
  return {
    path,
    kind,
    number: question?.id ?? (isMembership ? 'IV' : ''),
    text: text ?? label,
    whose: member ? nameOf(member) : '',
  };
}

function questionAt(model: FormModel, id: string): Question | undefined {
  return model.form.blocks.flatMap((block) => block.questions).find((question) => question.id === id);
}
