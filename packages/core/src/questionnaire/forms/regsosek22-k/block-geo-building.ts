import type { Question } from '../../definition.ts';

/** The geotag and photo of the Wilkerstat app; not on paper. */
export const buildingQuestions: readonly Question[] = [
  {
    id: 'G1',
    block: 'GEO',
    level: 'building',
    kind: 'gps',
    label: { id: 'Koordinat bangunan tempat tinggal', en: 'Dwelling coordinates' },
    options: [],
    ask: null,
    required: true,
    filledBy: 'officer',
    rules: [
      {
        key: 'G1-acc',
        id: 'G1-acc',
        severity: 'warning',
        source: 'own',
        when: null,
        must: { check: 'fix-accuracy' },
        message: { id: 'Akurasi GPS rendah', en: 'Low GPS accuracy' },
      },
      {
        key: 'G1-area',
        id: 'G1-area',
        severity: 'warning',
        source: 'own',
        when: null,
        must: { check: 'fix-inside-area' },
        message: { id: 'Titik di luar batas SLS', en: 'Point outside SLS boundary' },
      },
    ],
    source: 'found',
  },
  {
    id: 'G2',
    block: 'GEO',
    level: 'building',
    kind: 'photo',
    label: { id: 'Foto bangunan tempat tinggal', en: 'Photo of the dwelling' },
    options: [],
    ask: { q: '111', in: ['1', '2'] },
    required: true,
    filledBy: 'officer',
    rules: [],
    source: 'found',
  },
];
