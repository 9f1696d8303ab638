import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;
type Packing = keyof typeof pack;

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};
const COMPRESSIBLE: ReadonlySet<string> = new Set([
  '.html',
  '.js',
  '.css',
  '.json',
  '.webmanifest',
  '.svg',
  '.wasm',
  '.txt',
]);

/** Where the build puts a hash into the name: what is there never changes under it. */
const HASHED = /^\/assets\/.+-[\w-]{8}\.\w+$/;

interface File {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
  readonly type: string;
  readonly isHashed: boolean;
  readonly isCompressible: boolean;
  readonly packed: Map<Packing, Promise<Uint8Array<ArrayBuffer>>>;
}

/** The built app, in memory; compressed forms are made when first asked for and kept. */
export class StaticFiles {
  readonly #files = new Map<string, File>();

  /** Reads all files of a folder; one that is not there has none. */
  constructor(folder: string) {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const name = `/${relative(folder, path).split(sep).join('/')}`;
      this.#files.set(name, readFile(path, HASHED.test(name)));
    }
  }

  /** The answer for a path, `index.html` for a page of the app, or null if there is no such file. */
  async respond(request: Request, path: string): Promise<Response | null> {
    const file = this.#files.get(path) ?? (extname(path) === '' ? this.#files.get('/index.html') : undefined);
    if (!file) return null;
    const accepted = request.headers.get('accept-encoding') ?? '';
    const packing = (['br', 'gzip'] as const).find((name) => accepted.includes(name));
    const usesPacking = packing !== undefined && file.isCompressible;
    const headers = new Headers({
      'content-type': file.type,
      'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: usesPacking ? `"${file.etag}-${packing}"` : `"${file.etag}"`,
    });
    if (file.isCompressible) headers.set('vary', 'accept-encoding');
    if (request.headers.get('if-none-match') === headers.get('etag'))
      return new Response(null, { status: 304, headers });
    if (!usesPacking) return new Response(file.bytes, { headers });
    headers.set('content-encoding', packing);
    return new Response(await packed(file, packing), { headers });
  }
}

function readFile(path: string, isHashed: boolean): File {
  const bytes = new Uint8Array(readFileSync(path));
  const extension = extname(path);
  return {
    bytes,
    etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    type: TYPES[extension] ?? 'application/octet-stream',
    isHashed,
    isCompressible: COMPRESSIBLE.has(extension),
    packed: new Map(),
  };
}

function packed(file: File, packing: Packing): Promise<Uint8Array<ArrayBuffer>> {
  const known = file.packed.get(packing);
  if (known) return known;
  const making = (packing === 'br' ? pack.br(file.bytes, BROTLI) : pack.gzip(file.bytes)).then(
    (bytes) => new Uint8Array(bytes),
  );
  file.packed.set(packing, making);
  return making;
}
