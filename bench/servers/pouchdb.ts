/** PouchDB behind express-pouchdb in a process of its own: `node pouchdb.ts PORT FOLDER`. LevelDB, its default on Node. */
import express from 'express';
import expressPouchdb from 'express-pouchdb';
import PouchDB from 'pouchdb';

const [port = '0', folder = '.'] = process.argv.slice(2);
const app = express();
const Kept = PouchDB.defaults({ prefix: `${folder}/` });
app.use('/', expressPouchdb(Kept, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
app.listen(Number(port), '127.0.0.1', () => console.log(`listening on ${port}`));
