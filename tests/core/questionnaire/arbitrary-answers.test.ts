import {
  evaluate,
  exportAnswers,
  nextPlace,
  pagesOf,
  regsosek22K,
  type Answer,
  type FormAnswers,
} from '@rukun/core/questionnaire';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { settingsAround } from '../../support/household-builder.ts';

const questions = regsosek22K.blocks.flatMap((block) => block.questions);
const ids = questions.map((question) => question.id);
const codes = [...new Set(questions.flatMap((question) => question.options.map((option) => option.code)))];

const answer: fc.Arbitrary<Answer | null> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Answer>(...codes) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 120 }) },
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('0001-01-01', '9999-12-31', '2026-98-98', '2026-02-30', '0000-98', '9999-98', '2026-11'),
  fc.stringMatching(/^\d{16}$/),
  fc.constant(null),
);
const entity = fc.dictionary(fc.constantFrom(...ids, '__proto__', 'constructor'), answer, { maxKeys: 60 });
const form: fc.Arbitrary<FormAnswers> = fc.record({
  family: entity,
  members: fc
    .array(entity, { maxLength: 5 })
    .map((members) => members.map((answers, index) => ({ id: `m${index}`, answers }))),
  fix: fc.option(fc.record({ latitude: fc.double(), longitude: fc.double(), accuracyMetres: fc.double() })),
  photoCount: fc.nat({ max: 3 }),
  prelist: fc.option(fc.record({ headName: fc.string() })),
});

it('gives any answers whatever an evaluation that holds together', () => {
  const settings = settingsAround();
  fc.assert(
    fc.property(form, (answers) => {
      const evaluation = evaluate(regsosek22K, answers, settings, { nikUsedElsewhere: () => true });
      const asked = [evaluation.relevant.family, ...evaluation.relevant.members.values()];
      const total = asked.reduce((sum, set) => sum + set.size, 0);
      expect(evaluation.counts.answered + evaluation.blank.length).toBe(total);
      const keys = evaluation.findings.map((finding) => finding.key);
      expect(new Set(keys).size).toBe(keys.length);

      const exported = exportAnswers(answers, evaluation);
      const again = evaluate(regsosek22K, { ...answers, ...exported }, settings, {
        nikUsedElsewhere: () => true,
      });
      expect(again).toEqual(evaluation);

      const pages = pagesOf(regsosek22K, answers.members);
      let steps = 0;
      for (
        let place = nextPlace(pages, evaluation, { member: null, question: '101' });
        place !== null;
        steps += 1
      ) {
        place = nextPlace(pages, evaluation, place);
      }
      expect(steps).toBe(total - 1);
    }),
    { seed: 22, numRuns: 150 },
  );
});
