import { ErasedPlaces, readErasures } from '@rukun/core/documents';
import { fail, ok, type Result } from '@rukun/core/foundation';
import { erasedValues, fieldsAbout, hasAnswers, readSnapshot } from '@rukun/core/household';
import { kindOf, type DocumentName } from '@rukun/core/protocol';
import { Scratch } from '@rukun/core/sync';
import type { Erasure } from '../storage/erasures.ts';
import type { StorageReader } from '../storage/storage.ts';

/** What somebody asks to be erased. */
export interface ErasureRequest {
  readonly document: DocumentName;
  /** Null for the whole household. */
  readonly member: string | null;
  /** Fields to go as well, beyond those that are found: `<root>/<key>`. */
  readonly fields: readonly string[];
  /** The number the request is filed under; no name, no text. */
  readonly request: string;
}

/** What an erasure would empty. */
export interface ErasurePlan extends Pick<
  Erasure,
  'document' | 'area' | 'member' | 'fields' | 'isAnswered' | 'request'
> {
  /** Every place with how many values were ever written there; never the values. */
  readonly places: readonly { readonly path: string; readonly values: number }[];
}

/**
 * What a request would erase; nothing is changed. `not-found`: there is no such household or member, or it is erased already;
 * `malformed` with the names of what is: the request's number (1 to 64 letters, digits and `. _ / : -`), fields that are not there.
 */
export function planErasure(reader: StorageReader, given: ErasureRequest): Result<ErasurePlan> {
  const { document: name, member, request } = given;
  if (!/^[\w./:-]{1,64}$/.test(request)) return fail('malformed', ['request']);
  const document = kindOf(name) === 'household' ? reader.document(name) : null;
  if (!document) return fail('not-found');
  const { doc } = Scratch.open(reader.updates(name));
  const root = member === null ? null : `member/${member}`;
  if (root !== null && (doc.share.get(root)?._map.size ?? 0) === 0) return fail('not-found', ['member']);
  if (new ErasedPlaces(readErasures(doc)).isClosed(root ?? 'household')) return fail('not-found', ['erased']);
  const unknown = given.fields.some((path) => !isThere(path, (at) => doc.share.get(at)?._map));
  if (unknown || (member === null && given.fields.length > 0)) return fail('malformed', ['fields']);
  const fields = member === null ? [] : [...new Set([...fieldsAbout(doc, member), ...given.fields])].sort();
  const places = erasedValues(doc, { member, fields });
  const isAnswered = hasAnswers(readSnapshot(doc));
  return ok({ document: name, area: document.area, member, fields, isAnswered, request, places });
}

function isThere(path: string, keysOf: (root: string) => ReadonlyMap<string, unknown> | undefined): boolean {
  const slash = path.lastIndexOf('/');
  return slash > 0 && keysOf(path.slice(0, slash))?.has(path.slice(slash + 1)) === true;
}
