/**
 * What is used of packages that only this folder has: enough to check the types without installing them, and of those that
 * bring no types of their own.
 */
declare module '@hocuspocus/server' {
  import type { Database } from '@hocuspocus/extension-database';
  export class Server {
    constructor(options: {
      address: string;
      port: number;
      quiet: boolean;
      flushDelay: false;
      extensions: readonly Database[];
    });
    listen(): Promise<unknown>;
  }
}

declare module '@hocuspocus/extension-database' {
  // oxlint-disable-next-line no-extraneous-class -- only made, and handed on
  export class Database {
    constructor(options: {
      fetch(asked: { documentName: string }): Promise<Uint8Array | null>;
      store(given: { documentName: string; state: Uint8Array }): Promise<void>;
    });
  }
}

declare module '@hocuspocus/provider' {
  import type { Doc } from 'yjs';
  export class HocuspocusProviderWebsocket {
    constructor(options: { url: string; WebSocketPolyfill: unknown });
    destroy(): void;
  }
  export class HocuspocusProvider {
    constructor(options: {
      name: string;
      document: Doc;
      token: string;
      awareness: null;
      websocketProvider: HocuspocusProviderWebsocket;
    });
    readonly unsyncedChanges: number;
    on(event: 'synced' | 'unsyncedChanges', listener: () => void): void;
    attach(): void;
    destroy(): void;
  }
}

declare module 'y-leveldb' {
  export class LeveldbPersistence {
    constructor(folder: string);
    storeUpdate(document: string, update: Uint8Array): Promise<number>;
    destroy(): Promise<void>;
  }
}

declare module 'pouchdb' {
  interface Kept {
    readonly _id: string;
    readonly family?: Readonly<Record<string, unknown>>;
  }
  type Fetch = (url: string, options: object) => Promise<Response>;
  export default class PouchDB {
    constructor(name: string, options?: { skip_setup: boolean; fetch: Fetch });
    static defaults(options: { prefix: string }): typeof PouchDB;
    static sync(one: PouchDB, other: PouchDB): Promise<Record<'push' | 'pull', { ok: boolean }>>;
    static fetch(url: string, options: object): Promise<Response>;
    put(document: Kept): Promise<unknown>;
    get(id: string): Promise<Kept>;
    bulkDocs(documents: readonly Kept[]): Promise<unknown>;
    close(): Promise<void>;
  }
}

declare module 'express' {
  interface App {
    use(path: string, handler: unknown): void;
    listen(port: number, host: string, listening: () => void): { keepAliveTimeout: number };
  }
  export default function express(): App;
}

declare module 'express-pouchdb' {
  import type PouchDB from 'pouchdb';
  export default function expressPouchdb(
    pouchdb: typeof PouchDB,
    options: { mode: string; inMemoryConfig: boolean },
  ): unknown;
}
