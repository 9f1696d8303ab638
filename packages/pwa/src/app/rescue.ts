import { fail, ok, type Clock, type Random, type Result } from '@rukun/core/foundation';
import {
  decodeRescueContents,
  decodeRescueFile,
  encodeRescueContents,
  encodeRescueFile,
  RESCUE,
  rescueSealedHead,
  type DocumentName,
  type Me,
  type RescueContents,
  type RescuedDocument,
  type RescuedRefusal,
  type RescueHead,
} from '@rukun/core/protocol';
import { gunzip } from '../platform/gunzip.ts';
import { gzip } from '../platform/gzip.ts';
import { openWith, sealWith } from '../platform/passphrase-seal.ts';
import { refusedEdits, storeRescued, unstoredEdits } from '../stores/rescue.ts';
import type { Vault } from '../stores/vault.ts';
import type { RescueControl, RescuePreview, UnstoredEdit } from './app.ts';

/** What writing and reading rescue files needs. */
export interface RescueParts {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly me: Me;
  /** undefined: no file is written and none can be read. */
  readonly subtle: SubtleCrypto | undefined;
  /** Edits that the device could not store. */
  inMemory(): ReadonlyMap<DocumentName, readonly UnstoredEdit[]>;
  /** Something was stored that should go up soon. */
  stored(): void;
}

/** Writes and reads rescue files for the signed-in person. */
export function openRescue(parts: RescueParts): RescueControl {
  const { vault, clock, random, me, subtle } = parts;
  const collect = async (): Promise<RescuedDocument[]> => {
    // Memory first: what is stored meanwhile is then here twice, which does no harm, instead of not at all.
    const inMemory = parts.inMemory();
    const stored = await unstoredEdits(vault);
    const documents = new Map(stored.map((each) => [each.document, each]));
    for (const [document, edits] of inMemory) {
      const known = documents.get(document) ?? { document, area: '', edits: [] };
      documents.set(document, { ...known, edits: [...known.edits, ...edits] });
    }
    return [...documents.values()].filter(({ edits }) => edits.length > 0);
  };
  return {
    isPossible: subtle !== undefined,
    async waiting() {
      return countsOf(await collect(), await refusedEdits(vault));
    },
    async write(passphrase) {
      if (subtle === undefined) return fail('unavailable');
      const contents = {
        person: me.person.id,
        device: me.device.id,
        writtenAt: clock.now(),
        documents: await collect(),
        refused: await refusedEdits(vault),
      };
      const bytes = encodeRescueContents(contents);
      const packed = await gzip(bytes);
      const head: RescueHead = {
        packing: packed === null ? 'none' : 'gzip',
        rounds: RESCUE.rounds,
        salt: random.bytes(RESCUE.saltBytes),
        nonce: random.bytes(RESCUE.nonceBytes),
      };
      const key = { ...head, passphrase, covered: rescueSealedHead(head) };
      const file = encodeRescueFile(head, await sealWith(subtle, key, packed ?? bytes));
      if (file.length > RESCUE.fileBytes || bytes.length > RESCUE.contentBytes) return fail('too-large');
      return ok({ name: fileName(contents.writtenAt), bytes: file });
    },
    async read(bytes, passphrase) {
      if (subtle === undefined) return fail('unavailable');
      const contents = await unseal(subtle, bytes, passphrase);
      if (!contents.ok) return contents;
      if (contents.value.person !== me.person.id) return fail('forbidden');
      return ok(previewOf(contents.value, parts));
    },
  };
}

async function unseal(
  subtle: SubtleCrypto,
  bytes: Uint8Array,
  passphrase: string,
): Promise<Result<RescueContents>> {
  const file = decodeRescueFile(bytes);
  if (!file.ok) return file;
  const { head, sealed } = file.value;
  const opened = await openWith(subtle, { ...head, passphrase, covered: rescueSealedHead(head) }, sealed);
  if (opened === null) return fail('wrong-credentials');
  const contents = head.packing === 'none' ? opened : await gunzip(opened, RESCUE.contentBytes);
  return contents === null ? fail('too-large') : decodeRescueContents(contents);
}

function previewOf(contents: RescueContents, parts: RescueParts): RescuePreview {
  const { vault, me } = parts;
  return {
    ...countsOf(contents.documents, contents.refused),
    writtenAt: contents.writtenAt,
    isOfThisDevice: contents.device === me.device.id,
    async take() {
      const count = await storeRescued(vault, contents);
      parts.stored();
      return count;
    },
  };
}

function countsOf(
  documents: readonly RescuedDocument[],
  refused: readonly RescuedRefusal[],
): { families: number; edits: number } {
  const families = new Set([...documents, ...refused].map(({ document }) => document));
  let edits = refused.length;
  for (const each of documents) edits += each.edits.length;
  return { families: families.size, edits };
}

/** Says when it was written and nothing else: whoever finds the file learns no name from it. */
function fileName(at: number): string {
  const now = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `rukun-penyelamat-${day}-${two(now.getHours())}${two(now.getMinutes())}.rukun`;
}
