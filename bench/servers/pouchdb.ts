/** PouchDB behind express-pouchdb in a process of its own: `node pouchdb.ts PORT FOLDER`. LevelDB, its default on Node. */
import express from 'express';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb';

const [port = '0', folder = '.'] = process.argv.slice(2);
const app = express();
const Kept = PouchDB.defaults({ prefix: `${folder}/` });
app.use('/', expressPouchdb(Kept, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
const server = app.listen(Number(port), '127.0.0.1', () => console.log(`listening on ${port}`));
// Longer than a slow link pauses: a connection closed under a request would count as a failure, which a browser would hide.
server.keepAliveTimeout = 300_000;
