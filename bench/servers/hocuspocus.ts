/**
 * Hocuspocus with SQLite in a process of its own: `node hocuspocus.ts PORT FILE`. What `@hocuspocus/extension-sqlite` does
 * (its table, its two statements, a statement of its own per document), over Node's SQLite instead of better-sqlite3, which
 * needs a compiler or an install script.
 */
import { DatabaseSync } from 'node:sqlite';
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';

const [port = '0', file = ':memory:'] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec(
  'CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))',
);
const select = 'SELECT data FROM "documents" WHERE name = $name ORDER BY rowid DESC';
const upsert =
  'INSERT INTO "documents" ("name", "data") VALUES ($name, $data) ON CONFLICT(name) DO UPDATE SET data = $data';

const persistence = new Database({
  fetch: ({ documentName }) => {
    const row = database.prepare(select).get({ name: documentName });
    return Promise.resolve(row?.['data'] instanceof Uint8Array ? row['data'] : null);
  },
  store: ({ documentName, state }) => {
    database.prepare(upsert).run({ name: documentName, data: state });
    return Promise.resolve();
  },
});

const server = new Server({
  address: '127.0.0.1',
  port: Number(port),
  quiet: true,
  // By default (0) everybody who opens a document that was not in memory is sent all of it once more.
  flushDelay: false,
  extensions: [persistence],
});
await server.listen();
console.log(`listening on ${port}`);
