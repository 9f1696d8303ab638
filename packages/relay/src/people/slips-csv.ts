import { ROLES } from '@rukun/core/foundation';
import { csvLine, type PasswordSlip } from '@rukun/core/people';

/** The file of one-time passwords, piece by piece: UTF-8 with BOM and CRLF, as spreadsheets take it. */
export function* slipsCsv(slips: Iterable<PasswordSlip>): Generator<string> {
  yield `\uFEFF${csvLine(['nama pengguna', 'nama', 'peran', 'sandi sekali pakai'])}`;
  for (const { userName, name, role, password } of slips)
    yield csvLine([userName, name, ROLES[role].id, password]);
}
