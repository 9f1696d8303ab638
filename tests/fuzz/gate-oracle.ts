import { applyUpdate, ContentAny, Doc, encodeStateVector, getState, type AbstractType } from 'yjs';
import type { Judgement, Scratch } from '@rukun/core/sync';

interface Accepted {
  readonly state: readonly Uint8Array[];
  readonly owners: ReadonlyMap<number, string>;
  readonly relayClient: number;
  readonly author: string;
  readonly person: string;
  readonly judgement: Extract<Judgement, { verdict: 'accepted' }>;
  readonly scratch: Scratch;
}

/**
 * Looks at what an accepted update does to a plain document, without anything of the gate: only the keys the gate names,
 * to the values it names, under client ids of the author; plain values in root maps; what the relay adds stands beside
 * answers and under its own client id; and the gate's own copy is that document.
 */
export function checkAccepted(accepted: Accepted): void {
  const { state, judgement, scratch, relayClient } = accepted;
  const copy = new Doc({ gc: false });
  for (const update of state) applyUpdate(copy, update);
  const [before, clocksBefore] = [contentOf(copy), clocksOf(copy)];
  applyUpdate(copy, judgement.fresh);
  const after = contentOf(copy);
  checkWrites(accepted, before, after);
  checkClients(accepted, clocksBefore, clocksOf(copy));
  if (judgement.advances !== (digestOf(copy, after) !== digestOf(copyOf(state), before)))
    throw new Error(`said to advance: ${judgement.advances}, and it does not`);
  if (judgement.relayUpdate) {
    const clocks = clocksOf(copy);
    applyUpdate(copy, judgement.relayUpdate);
    for (const path of changedPaths(after, contentOf(copy)))
      if (!path.startsWith('other/')) throw new Error(`the relay wrote ${path}`);
    for (const client of changedClients(clocks, clocksOf(copy)))
      if (client !== relayClient) throw new Error(`the relay wrote as ${client}`);
  }
  if (copy.store.pendingStructs || copy.store.pendingDs)
    throw new Error('something is missing in the document');
  if (digest(copy) !== digest(scratch.doc)) throw new Error('the scratch copy is another document');
}

/** All that can be seen of a document, as text. */
export function digest(doc: Doc): string {
  return digestOf(doc, contentOf(doc));
}

function digestOf(doc: Doc, content: ReadonlyMap<string, string>): string {
  const lines = [...content].map(([path, value]) => `${path} ${value}`).sort();
  return `${lines.join('\n')}\n${Buffer.from(encodeStateVector(doc)).toString('hex')}`;
}

function copyOf(state: readonly Uint8Array[]): Doc {
  const doc = new Doc({ gc: false });
  for (const update of state) applyUpdate(doc, update);
  return doc;
}

function checkWrites(
  { judgement, person }: Accepted,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  const named = new Map<string, Set<string>>();
  for (const { root, key, value } of judgement.writes) {
    const path = `${root}\n${key}`;
    named.set(path, (named.get(path) ?? new Set()).add(JSON.stringify(value)));
    if (root.startsWith('other/') && value !== null && value !== true) throw new Error(`${path} was forged`);
    if (/^(remark|event|fix)\//.test(root) && key === 'by' && value !== person)
      throw new Error('signed for another');
    if (key.includes('/') || key === '') throw new Error(`the key ${key} has a slash or is empty`);
  }
  for (const path of changedPaths(before, after)) {
    const value = after.get(path);
    if (value === undefined) throw new Error(`${path} is gone`);
    if (!named.get(path)?.has(value)) throw new Error(`${path} changed without being named`);
  }
}

function checkClients(
  { judgement, owners, author, relayClient }: Accepted,
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
): void {
  const claims = new Set(judgement.claims);
  for (const client of changedClients(before, after)) {
    if (client === relayClient) throw new Error("something stands under the relay's client id");
    const owner = owners.get(client);
    if (owner !== undefined ? owner !== author : before.has(client) || !claims.has(client))
      throw new Error(`something stands under client id ${client}`);
    if (judgement.firstClocks.get(client) !== (before.get(client) ?? 0))
      throw new Error('a wrong first clock');
    claims.delete(client);
  }
  if (claims.size > 0) throw new Error('claims a client id it does not use');
}

function changedPaths(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path));
}

function changedClients(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number[] {
  return [...after.keys()].filter((client) => before.get(client) !== after.get(client));
}

function clocksOf(doc: Doc): Map<number, number> {
  return new Map([...doc.store.clients.keys()].map((client) => [client, getState(doc.store, client)]));
}

/** `root\nkey` to its value as JSON; throws where a document holds anything but plain values and the relay's entries in root maps. */
function contentOf(doc: Doc): Map<string, string> {
  const content = new Map<string, string>();
  for (const [root, type] of doc.share as ReadonlyMap<string, AbstractType<unknown>>) {
    if ((type as unknown as Record<string, unknown>)['_start'] !== null) throw new Error(`${root} is a list`);
    for (const [key, item] of type._map) {
      if (item.deleted) continue;
      const value: unknown = item.content instanceof ContentAny ? item.content.arr.at(-1) : undefined;
      if (value === undefined || (typeof value === 'object' && value !== null && !root.startsWith('other/')))
        throw new Error(`${root}/${key} holds no plain value`);
      content.set(`${root}\n${key}`, JSON.stringify(value));
    }
  }
  return content;
}
