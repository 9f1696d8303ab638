import { applyUpdate, Doc, encodeStateVector } from 'yjs';
import { Household, readSnapshot } from '@rukun/core/household';
import type { DocumentName } from '@rukun/core/protocol';
import { mayRead } from '@rukun/core/access';
import { authorInLog } from '../../packages/relay/src/commit/authorship.ts';
import { sessionOfDevice } from '../../packages/relay/src/auth/session.ts';
import type { RunReport, Scene } from './run.ts';
import { HOUSEHOLDS } from './template.ts';
import { structOf, valuesUnder, type Given } from './truth.ts';

/** Holds a run that has come to rest against the promises; throws on the first that is broken. */
export async function checkRun(scene: Scene): Promise<RunReport> {
  const centre = new Map<DocumentName, Doc>();
  const { storage } = scene.relay;
  for (const name of Object.values(HOUSEHOLDS))
    centre.set(
      name,
      docOf(
        storage.read((reader) => reader.log(name).map(({ update }) => update)),
        `the centre's ${name}`,
      ),
    );
  checkClients(scene);
  const refused = await checkNothingLost(scene, centre);
  await checkConverged(scene, centre);
  checkStanding(scene, centre);
  checkAuthors(scene, centre);
  return { answers: scene.truth.given.length, refused, crashes: scene.crashes };
}

/** Applies updates as they come; a gap is a broken promise. */
function docOf(updates: readonly Uint8Array[], whose: string): Doc {
  const doc = new Doc({ gc: false });
  for (const update of updates) applyUpdate(doc, update);
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error(`a gap: ${whose}`);
  return doc;
}

function checkClients({ doubleClients }: Scene): void {
  if (doubleClients.length > 0) throw new Error(`two tabs write as ${doubleClients[0]}`);
}

/** Every answer a device called stored is at the centre, or listed for its author, or waits readable on the device. */
async function checkNothingLost(
  { truth, devices }: Scene,
  centre: ReadonlyMap<DocumentName, Doc>,
): Promise<number> {
  let refusedCount = 0;
  for (const device of devices) {
    const own = truth.given.filter((given) => given.device === device.id);
    const safe = new Map<string, Given>();
    for (const name of Object.values(HOUSEHOLDS)) {
      const refused = (await device.store.refusedEdits(name)).map(({ value }) => String(value));
      refusedCount += refused.length;
      const local = docOf(await device.store.updates(name), `${device.id} ${name}`);
      for (const given of own) {
        if (given.document !== name) continue;
        const isThere = valuesUnder(centre.get(name) ?? new Doc(), given.root, given.key).has(given.value);
        const waits = valuesUnder(local, given.root, given.key).has(given.value);
        if (isThere || waits || refused.includes(given.value)) safe.set(given.value, given);
      }
    }
    for (const given of own) {
      if (!given.isPromised || safe.has(given.value)) continue;
      const isReplaced = [...safe.values()].some(({ seen }) => seen.has(given.value));
      if (!isReplaced)
        throw new Error(
          `${device.id}: ${given.value} at ${given.root}/${given.key} was called stored and is gone`,
        );
    }
  }
  return refusedCount;
}

/** Every device shows of every document it may read what the centre has. */
async function checkConverged(
  { relay, devices }: Scene,
  centre: ReadonlyMap<DocumentName, Doc>,
): Promise<void> {
  for (const device of devices) {
    const readable = relay.storage.read((reader) => {
      const session = sessionOfDevice(reader, device.id);
      return Object.values(HOUSEHOLDS).filter((name) => {
        const document = reader.document(name);
        return session && document && mayRead(session.actor, document) === null;
      });
    });
    for (const name of readable) {
      const theirs = centre.get(name);
      const state = (await device.store.news(name, Number.MAX_SAFE_INTEGER, () => true)).state;
      if (!theirs || state?.isKept) continue;
      if (state?.isWaiting) throw new Error(`${device.id}: ${name} still waits`);
      const ours = docOf(await device.store.updates(name), `${device.id} ${name}`);
      const [here, there] = [describe(ours), describe(theirs)];
      if (here !== there)
        throw new Error(`${device.id} and the centre differ in ${name}:\n${here}\n${there}`);
    }
  }
}

function describe(doc: Doc): string {
  const vector = Buffer.from(encodeStateVector(doc)).toString('hex').length;
  return JSON.stringify([readSnapshot(doc), standingOf(doc), vector]);
}

function standingOf(doc: Doc): unknown {
  const household = readerOf(doc);
  return ['303', '304'].map((question) => household.standing({ member: null, question }));
}

function readerOf(doc: Doc): Household {
  return new Household(doc, { person: '', now: () => 0, nextId: () => '' });
}

/** Shown are exactly the answers nobody had in view when answering again, each under the name of who gave it. */
function checkStanding({ truth, restores }: Scene, centre: ReadonlyMap<DocumentName, Doc>): void {
  const keys = new Set(truth.given.map(({ document, root, key }) => JSON.stringify([document, root, key])));
  for (const each of keys) {
    const [document, root, key] = JSON.parse(each) as [DocumentName, string, string];
    const doc = centre.get(document);
    if (!doc) continue;
    const stored = valuesUnder(doc, root, key);
    const expected = truth.heads(document, root, key, stored);
    const member = root === 'answers' ? null : root.slice('member/'.length);
    const shown = readerOf(doc).standing({ member, question: key });
    const current: unknown = doc.share.has(root) ? doc.getMap(root).get(key) : undefined;
    const values = shown.length > 0 ? shown.map(({ value }) => String(value)) : [String(current)];
    if ([...values].sort().join() !== [...expected].sort().join() && expected.length > 0)
      throw new Error(`${document} ${root}/${key}: shown ${values.join()}, unseen ${expected.join()}`);
    for (const { value, by } of shown) {
      const author = truth.given.find((given) => given.value === value)?.by;
      // Whoever gave back what a restored relay had lost is not its author.
      if (by !== author && !(by === '' && restores > 0))
        throw new Error(
          `${document} ${root}/${key}: ${String(value)} under the name of ${by}, given by ${author}`,
        );
    }
  }
}

/** The log names the author of every answer, whatever became of it since. */
function checkAuthors({ truth, relay, restores }: Scene, centre: ReadonlyMap<DocumentName, Doc>): void {
  for (const [document, doc] of centre) {
    const rows = relay.storage.read((reader) => reader.log(document));
    for (const { root, key, value, by } of truth.given.filter((given) => given.document === document)) {
      const struct = structOf(doc, root, key, value);
      if (!struct) continue;
      const author = authorInLog(rows, struct.client, struct.clock).by;
      // Whoever gave back what a restored relay had lost is not its author.
      if (author !== by && !(author === '' && restores > 0))
        throw new Error(`${document} ${root}/${key}: the log says ${author} gave ${value}, it was ${by}`);
    }
  }
}
