import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Every place in some bytes where a text stands, as UTF-8 or as UTF-16 of either order. */
function holds(bytes: Uint8Array, text: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = Buffer.from(text, 'utf16le');
  return [Buffer.from(text, 'utf8'), wide, Buffer.from(wide).swap16()].some((form) => buffer.includes(form));
}

/** Of some texts, those that stand in any file under a folder, read raw, each as `<file>: <text>`. */
export function foundInFiles(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .flatMap((name) => {
      const bytes = readFileSync(join(folder, name));
      return texts.filter((text) => holds(bytes, text)).map((text) => `${name}: ${text}`);
    });
}

/** Of some texts, those that stand in any column of any table, each as `<table>.<column>: <text>`. */
function foundInTables(database: DatabaseSync, texts: readonly string[]): string[] {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const found = new Set<string>();
  for (const { name } of tables) {
    for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).all()) {
      for (const [column, value] of Object.entries(row)) {
        const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
        for (const text of texts) if (holds(bytes, text)) found.add(`${String(name)}.${column}: ${text}`);
      }
    }
  }
  return [...found];
}

/** The same of a database file; opened for reading only. */
export function foundInDatabase(file: string, texts: readonly string[]): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return foundInTables(database, texts);
  } finally {
    database.close();
  }
}
