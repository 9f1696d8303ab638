import type { Form } from '../../definition.ts';
import { placeQuestions } from './block-1-place.ts';
import { officerQuestions } from './block-2-officers.ts';
import { housingQuestions } from './block-3-housing.ts';
import { familyTieQuestions } from './block-4a-family-ties.ts';
import { identityQuestions } from './block-4a-identity.ts';
import { educationQuestions } from './block-4b-education.ts';
import { employmentQuestions } from './block-4c-employment.ts';
import { businessQuestions } from './block-4d-business.ts';
import { healthQuestions } from './block-4e-health.ts';
import { protectionQuestions } from './block-4f-protection.ts';
import { assetQuestions } from './block-5-assets.ts';
import { programmeQuestions } from './block-5-programmes.ts';
import { serviceQuestions } from './block-5-services.ts';
import { noteQuestions } from './block-6-notes.ts';
import { buildingQuestions } from './block-geo-building.ts';
import { extraRules } from './extra-rules.ts';

/** REGSOSEK22-K as finally printed: blocks I-VI and the geotag of the Wilkerstat app, 129 questions, 66 rules. */
export const regsosek22K: Form = {
  id: 'REGSOSEK22-K',
  blocks: [
    { id: 'I', title: { id: 'Keterangan tempat', en: 'Place' }, questions: placeQuestions },
    {
      id: 'GEO',
      title: { id: 'Geotagging bangunan', en: 'Building geotag' },
      questions: buildingQuestions,
    },
    { id: 'II', title: { id: 'Keterangan petugas', en: 'Officers' }, questions: officerQuestions },
    { id: 'III', title: { id: 'Keterangan perumahan', en: 'Housing' }, questions: housingQuestions },
    {
      id: 'IV',
      title: { id: 'Keterangan sosial ekonomi anggota keluarga', en: 'Members' },
      questions: [
        ...identityQuestions,
        ...familyTieQuestions,
        ...educationQuestions,
        ...employmentQuestions,
        ...businessQuestions,
        ...healthQuestions,
        ...protectionQuestions,
      ],
    },
    {
      id: 'V',
      title: {
        id: 'Keikutsertaan program, kepemilikan aset, dan layanan',
        en: 'Programmes, assets and services',
      },
      questions: [...programmeQuestions, ...assetQuestions, ...serviceQuestions],
    },
    { id: 'VI', title: { id: 'Catatan', en: 'Notes' }, questions: noteQuestions },
  ],
  parts: [
    { id: 'IV.A', title: { id: 'Demografi', en: 'Demography' } },
    { id: 'IV.B', title: { id: 'Pendidikan', en: 'Education' } },
    { id: 'IV.C', title: { id: 'Ketenagakerjaan', en: 'Employment' } },
    { id: 'IV.D', title: { id: 'Kepemilikan usaha', en: 'Business' } },
    { id: 'IV.E', title: { id: 'Kesehatan', en: 'Health' } },
    { id: 'IV.F', title: { id: 'Program perlindungan sosial', en: 'Social protection' } },
  ],
  extraRules,
};
