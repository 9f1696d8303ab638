/**
 * One row of a CSV file, with its CRLF. A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab, carriage
 * return first; OWASP, CSV Injection) gets an apostrophe before it.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
