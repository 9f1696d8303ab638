/** The columns of a file of people, with the header words of both languages. The first of `also` is for machines. */
export const IMPORT_COLUMNS = {
  userName: { id: 'nama pengguna', en: 'user name', also: ['username'], isRequired: true },
  name: { id: 'nama', en: 'name', also: ['nama lengkap', 'full name'], isRequired: true },
  role: { id: 'peran', en: 'role', also: ['jabatan'], isRequired: true },
  code: { id: 'kode', en: 'code', also: ['kode petugas', 'printed code'], isRequired: false },
  area: { id: 'wilayah', en: 'area', also: ['kecamatan', 'kode wilayah', 'area code'], isRequired: false },
  state: { id: 'keadaan', en: 'state', also: ['status'], isRequired: false },
} as const satisfies Record<string, ColumnWords>;

interface ColumnWords {
  readonly id: string;
  readonly en: string;
  readonly also: readonly string[];
  readonly isRequired: boolean;
}

export type ImportColumn = keyof typeof IMPORT_COLUMNS;

/** All columns, in the order a new file has them. */
export const COLUMN_NAMES = Object.keys(IMPORT_COLUMNS) as readonly ImportColumn[];

/** The column a header cell names, in either language, whatever its case; null for none of ours. */
export function columnOfHeader(cell: string): ImportColumn | null {
  const word = cell
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
  return (
    COLUMN_NAMES.find((name) => {
      const { id, en, also }: ColumnWords = IMPORT_COLUMNS[name];
      return word === id || word === en || also.includes(word);
    }) ?? null
  );
}
