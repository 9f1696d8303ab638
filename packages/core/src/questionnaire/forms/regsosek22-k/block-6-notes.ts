import type { Question } from '../../definition.ts';

/** Block VI. */
export const noteQuestions: readonly Question[] = [
  {
    id: '601',
    block: 'VI',
    level: 'family',
    kind: 'text',
    label: { id: 'Catatan', en: 'Notes' },
    options: [],
    ask: null,
    required: false,
    maxLength: 1000,
    filledBy: 'officer',
    note: 'Block VI has no numbered question on the form; id 601 is ours.',
    rules: [
      {
        key: '601-205',
        id: '601-205',
        severity: 'error',
        source: 'found',
        when: { q: '205', in: ['2', '3', '4', '5'] },
        must: { check: 'answered', question: '601' },
        message: { id: 'Catatan wajib diisi', en: 'Notes required' },
      },
    ],
    source: 'found',
  },
];
