import type { Form } from '../../definition.ts';

/**
 * Warnings beyond the rules of the form: the number checks of regsosek.md section 5, and the geotag and photo, which never
 * block. NIK and KK numbers stay as first issued, so none of these may ever be an error.
 */
export const extraRules: Form['extraRules'] = [
  {
    question: '403',
    rule: {
      key: 'nik-province',
      id: 'nik-province',
      severity: 'warning',
      source: 'own',
      when: null,
      must: { check: 'number-province' },
      message: { id: 'Kode provinsi pada NIK tidak dikenal', en: 'Unknown province code in NIK' },
    },
  },
  {
    question: '403',
    rule: {
      key: 'nik-date',
      id: 'nik-date',
      severity: 'warning',
      source: 'found',
      when: null,
      must: { check: 'nik-date' },
      message: {
        id: 'Digit 7-12 NIK bukan tanggal lahir yang mungkin',
        en: 'Digits 7-12 of the NIK are no possible birth date',
      },
    },
  },
  {
    question: '403',
    rule: {
      key: 'nik-serial',
      id: 'nik-serial',
      severity: 'warning',
      source: 'found',
      when: null,
      must: { check: 'nik-serial' },
      message: { id: 'Nomor urut NIK tidak boleh 0000', en: 'The serial part of the NIK cannot be 0000' },
    },
  },
  {
    question: '114',
    rule: {
      key: 'kk-province',
      id: 'kk-province',
      severity: 'warning',
      source: 'own',
      when: null,
      must: { check: 'number-province' },
      message: {
        id: 'Kode provinsi pada nomor KK tidak dikenal',
        en: 'Unknown province code in the family-card number',
      },
    },
  },
  {
    question: '114',
    rule: {
      key: 'kk-date',
      id: 'kk-date',
      severity: 'warning',
      source: 'own',
      when: null,
      must: { check: 'kk-date' },
      message: {
        id: 'Digit 7-12 nomor KK bukan tanggal yang mungkin',
        en: 'Digits 7-12 of the family-card number are no possible date',
      },
    },
  },
  {
    question: 'HP',
    rule: {
      key: 'phone-form',
      id: 'phone-form',
      severity: 'warning',
      source: 'own',
      when: null,
      must: { check: 'phone-form' },
      message: { id: 'Nomor HP tidak lazim', en: 'Unusual phone number' },
    },
  },
  {
    question: 'G1',
    rule: {
      key: 'G1-missing',
      id: 'G1-missing',
      severity: 'warning',
      source: 'own',
      when: { q: '205', in: ['1', '2'] },
      must: { check: 'fix-taken' },
      message: { id: 'Koordinat belum diambil', en: 'No coordinates taken' },
    },
  },
  {
    question: 'G2',
    rule: {
      key: 'G2-missing',
      id: 'G2-missing',
      severity: 'warning',
      source: 'own',
      when: { q: '205', in: ['1', '2'] },
      must: { check: 'photo-taken' },
      message: { id: 'Foto bangunan belum diambil', en: 'No photo of the dwelling taken' },
    },
  },
];
