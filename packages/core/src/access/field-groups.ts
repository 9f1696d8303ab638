import type { DocumentKind } from '../protocol/index.ts';

/** Words for a page that administrators read, and in English. */
interface Words {
  readonly id: string;
  readonly en: string;
}

/** The groups of fields that rights are given for, by kind of document; those of a household are in its schema's order. */
export const FIELD_GROUPS = {
  household: {
    record: { id: 'Data berkas (wilayah, asal, versi formulir)', en: 'Record (area, origin, form version)' },
    answers: { id: 'Jawaban keluarga dan anggota', en: 'Answers of the family and its members' },
    codes: {
      id: 'Kode lapangan usaha 417 dan 421 (diisi PML)',
      en: 'Codes of industry 417 and 421 (supervisor)',
    },
    members: { id: 'Urutan dan pengeluaran anggota', en: 'Order and removal of members' },
    remark: { id: 'Catatan: menulis (atas nama sendiri)', en: 'Remark: write (in the own name)' },
    'remark-resolved': { id: 'Catatan: menandai selesai', en: 'Remark: mark as dealt with' },
    fix: { id: 'Geotag: menyimpan titik (atas nama sendiri)', en: 'Geotag: keep a point (in the own name)' },
    'fix-dropped': { id: 'Geotag: membatalkan titik', en: 'Geotag: drop a point' },
    submitted: { id: 'Status: submit', en: 'Status: submit' },
    withdrawn: { id: 'Status: menarik kembali', en: 'Status: withdraw' },
    seen: { id: 'Status: dilihat pengawas', en: 'Status: seen by the supervisor' },
    returned: { id: 'Status: mengembalikan (reject)', en: 'Status: return' },
    approved: { id: 'Status: menyetujui (approve)', en: 'Status: approve' },
    revoked: { id: 'Status: membatalkan persetujuan (revoke)', en: 'Status: revoke an approval' },
  },
  area: {
    listing: { id: 'Keadaan pendaftaran keluarga', en: 'State of the listing' },
    changes: { id: 'Perubahan SLS (mekar, gabung, ganti nama)', en: 'SLS changes (split, merge, rename)' },
    recap: { id: 'Rekap yang disahkan ketua SLS', en: 'Recap confirmed by the head of the SLS' },
  },
  board: {
    officer: { id: 'Petugas suatu wilayah', en: 'Officer of an area' },
    supervisor: { id: 'Pengawas suatu wilayah', en: 'Supervisor of an area' },
    load: { id: 'Target dan tenggat', en: 'Target and due date' },
  },
  forum: {
    forum: { id: 'Agenda, keadaan, notulen', en: 'Agenda, state, minutes' },
    attendance: { id: 'Daftar hadir', en: 'Attendance' },
  },
  'forum-list': {
    families: { id: 'Keluarga pada daftar', en: 'Families on the list' },
    'own-proposal': { id: 'Usulan sendiri', en: 'Own proposal' },
    proposals: { id: 'Usulan orang lain', en: "Others' proposals" },
    votes: { id: 'Suara', en: 'Votes' },
    decisions: { id: 'Keputusan', en: 'Decisions' },
  },
} as const satisfies Record<DocumentKind, Record<string, Words>>;

export type GroupOf<K extends DocumentKind> = keyof (typeof FIELD_GROUPS)[K] & string;
export type HouseholdGroup = GroupOf<'household'>;

/** A group of any kind of document. */
export type FieldGroup = { [K in DocumentKind]: GroupOf<K> }[DocumentKind];
