import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  FIELD_GROUPS,
  READING,
  SCOPES,
  STAGES,
  WRITING,
  type Reading,
  type Scope,
  type Stage,
} from '../packages/core/src/access/index.ts';
import { ROLES, type Role } from '../packages/core/src/foundation/index.ts';
import { STATE_WORDS } from '../packages/core/src/household/index.ts';
import type { DocumentKind } from '../packages/core/src/protocol/index.ts';

/** Where the page is. */
export const ACCESS_PAGE = join(import.meta.dirname, '../docs/access.md');

const KINDS: Record<DocumentKind, string> = {
  household: 'Keluarga (satu formulir REGSOSEK22-K)',
  area: 'Wilayah (sub-SLS)',
  board: 'Papan penugasan (kecamatan)',
  forum: 'Forum (FKP)',
  'forum-list': 'Daftar forum (FKP × SLS)',
};

const SCOPE_WORDS: Record<Scope, string> = {
  'own-areas': 'wilayah tugasnya sendiri',
  'supervised-areas': 'wilayah petugas yang diawasinya',
  kecamatan: 'kecamatannya',
  regency: 'kabupatennya',
  forum: 'forumnya',
  'own-sls': 'SLS-nya sendiri',
  agreement: 'menurut perjanjian; belum ada',
};

const READING_WORDS: Record<Reading, string> = {
  kept: 'ya, tersimpan di HP',
  opened: 'ya, saat dibuka',
  none: '–',
};

const STAGE_WORDS: Record<Stage, string> = {
  new: 'Baru',
  open: STATE_WORDS.open.id,
  draft: STATE_WORDS.draft.id,
  submitted: STATE_WORDS.submitted.id,
  returned: STATE_WORDS.returned.id,
  approved: STATE_WORDS.approved.id,
  any: 'Selalu',
};

const ROLE_IDS = Object.keys(ROLES) as Role[];
const KIND_IDS = Object.keys(KINDS) as DocumentKind[];

/** The page for administrators, made from the table in core. */
export function accessPage(): string {
  return `# Siapa boleh melihat dan mengisi apa

_Who may read and write what. Made from the table in \`packages/core/src/access/table.ts\` by \`scripts/access-page.ts\`: change the table,
run \`node scripts/access-page.ts\`, and never this page._ Why it is so: \`docs/decisions/0010-access-table.md\`.

Setiap orang hanya melihat dan mengisi bagiannya. Aplikasi menawarkan menurut tabel ini, dan pusat menerima menurut tabel yang sama,
aplikasi apa pun yang mengirim. Yang tidak diterima kembali kepada penulisnya dengan sebabnya.

## Bagian setiap peran

${table(
  ['Peran', 'Bagiannya'],
  ROLE_IDS.map((role) => [ROLES[role].id, SCOPE_WORDS[SCOPES[role]]]),
)}

Petugas yang wilayahnya dipindahkan tidak lagi melihat yang baru di sana. Yang sudah ditulisnya masih diterima atas namanya selama masa
tenggang (14 hari, atau menurut \`grace_days\`); sesudah itu ditahan, dan pengawas wilayah memutuskan.

## Melihat

${table(
  ['Dokumen', ...ROLE_IDS.map((role) => ROLES[role].id)],
  KIND_IDS.map((kind) => [KINDS[kind], ...ROLE_IDS.map((role) => READING_WORDS[READING[kind][role]])]),
)}

## Mengisi

Peran yang tidak disebut pada suatu dokumen tidak mengisi apa pun di sana. Catatan, status, dan geotag ditulis atas nama sendiri, dan
tidak diubah oleh orang lain.
${KIND_IDS.map(writingOf).join('')}`;
}

function writingOf(kind: DocumentKind): string {
  const groups: Readonly<Record<string, { readonly id: string }>> = FIELD_GROUPS[kind];
  const rights: Readonly<Record<string, Record<Role, readonly Stage[]>>> = WRITING[kind];
  const writers = ROLE_IDS.filter((role) => Object.values(rights).some((row) => row[role].length > 0));
  const rows = Object.entries(groups).map(([group, { id }]) => [
    id,
    ...writers.map((role) => stagesOf(kind, rights[group]?.[role] ?? [])),
  ]);
  return `\n### ${KINDS[kind]}\n\n${table(['Isian', ...writers.map((role) => ROLES[role].id)], rows)}\n`;
}

function stagesOf(kind: DocumentKind, stages: readonly Stage[]): string {
  if (stages.length === 0) return '–';
  if (stages.length === STAGES[kind].length) return 'selalu';
  return STAGES[kind]
    .filter((stage) => stages.includes(stage))
    .map((stage) => STAGE_WORDS[stage])
    .join(', ');
}

/** A table as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 3),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}

if (
  process.argv[1] === import.meta.filename &&
  readFileSync(ACCESS_PAGE, { encoding: 'utf8', flag: 'a+' }) !== accessPage()
)
  writeFileSync(ACCESS_PAGE, accessPage());
