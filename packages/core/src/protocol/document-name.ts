import { fail, ok, type Result } from '../foundation/index.ts';

/** The kinds of documents (DESIGN.md section 4). `personal`: lives in the device's vault and never in clear text. */
export const DOCUMENT_KINDS = {
  household: { personal: true },
  area: { personal: false },
  board: { personal: false },
  forum: { personal: true },
  'forum-list': { personal: true },
} as const satisfies Record<string, { personal: boolean }>;

export type DocumentKind = keyof typeof DOCUMENT_KINDS;

/** The name of a Yjs document, `<kind>/<id>`; the id is opaque, lower case, 1 to 48 of `a-z 0-9 -`. */
export type DocumentName = `${DocumentKind}/${string}`;

const ID = /^[a-z0-9-]{1,48}$/;

/** Reads a document name from unknown input; `malformed` otherwise. */
export function parseDocumentName(
  input: unknown,
): Result<{ name: DocumentName; kind: DocumentKind; id: string }> {
  if (typeof input !== 'string') return fail('malformed');
  const slash = input.indexOf('/');
  const kind = input.slice(0, slash);
  const id = input.slice(slash + 1);
  if (slash < 1 || !isDocumentKind(kind) || !ID.test(id)) return fail('malformed');
  return ok({ name: `${kind}/${id}`, kind, id });
}

/** The kind of a name that was already parsed. */
export function kindOf(name: DocumentName): DocumentKind {
  const kind = name.slice(0, name.indexOf('/'));
  if (!isDocumentKind(kind)) throw new Error('a document name without a known kind');
  return kind;
}

function isDocumentKind(text: string): text is DocumentKind {
  return Object.hasOwn(DOCUMENT_KINDS, text);
}
