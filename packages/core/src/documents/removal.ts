import { ContentAny, type Doc, type Item } from 'yjs';
import { otherRoot } from '../foundation/index.ts';
import { chainOf, headsOf, marksOn, type Mark } from './heads.ts';
import { lastValue, parseStructKey } from './structs.ts';

/** Members are root maps of their own, taken out by a reason under one key (docs/decisions/0007-removed-members.md). */
const MEMBER_PREFIX = 'member/';
export const REMOVED_KEY = 'removed';
/** Keys whose writing says nothing about whether the member belongs to the family. */
const UNCOUNTED: ReadonlySet<string> = new Set([REMOVED_KEY, 'order']);

/** Names the struct of an answer. */
export interface StructName {
  readonly client: number;
  readonly clock: number;
}

/** Whether a key of a root is an answer of a member, so that writing it says that the member belongs to the family. */
export function isAnswerOfMember(root: string, key: string): boolean {
  return root.startsWith(MEMBER_PREFIX) && !UNCOUNTED.has(key);
}

/** Whether a key of a root says that a member is taken out. */
export function isRemoval(root: string, key: string): boolean {
  return key === REMOVED_KEY && root.startsWith(MEMBER_PREFIX);
}

/** The removals of a member that nobody had in view when writing another value of that key. */
export function removalsOf(doc: Doc, root: string): Item[] {
  return headsOf(doc, root, REMOVED_KEY).filter((item) => (lastValue(item) ?? null) !== null);
}

/** The last struct of each client id among the answers of a member. */
export function lastAnswers(doc: Doc, root: string): StructName[] {
  const last = new Map<number, number>();
  for (const { id, lastId } of answersOf(doc, root))
    last.set(id.client, Math.max(lastId.clock, last.get(id.client) ?? 0));
  return [...last].map(([client, clock]) => ({ client, clock }));
}

/**
 * The answers of a member that stand beside its removal: whoever wrote them had no removal in view, and the author of a
 * removal had not them. Of each client id the first; empty while nothing says that the member is taken out.
 */
export function answersBesideRemoval(doc: Doc, root: string): StructName[] {
  const removals = removalsOf(doc, root);
  if (removals.length === 0) return [];
  const views = removals.map((removal) => new View(doc, root, removal));
  const first = new Map<number, number>();
  for (const { id, lastId } of answersOf(doc, root)) {
    const { client } = id;
    const last = Math.min(lastId.clock, (first.get(client) ?? Infinity) - 1);
    for (let clock = id.clock; clock <= last; clock++) {
      if (views.every((view) => view.holds(client, clock)) || knewOfRemoval(doc, root, client, clock))
        continue;
      first.set(client, clock);
      break;
    }
  }
  return [...first].map(([client, clock]) => ({ client, clock }));
}

function* answersOf(doc: Doc, root: string): Iterable<Item> {
  for (const [key, current] of doc.share.get(root)?._map ?? [])
    if (!UNCOUNTED.has(key)) yield* chainOf(current);
}

/** Who writes an answer with a removal in view says so right behind it. */
function knewOfRemoval(doc: Doc, root: string, client: number, clock: number): boolean {
  const marks = marksOn(doc, otherRoot(root, REMOVED_KEY), `${client}-${clock}`);
  return marks.some((mark) => saysKnown(mark, { client, clock }));
}

function saysKnown(mark: Mark, { client, clock }: StructName): boolean {
  return mark.value === null && mark.client === client && mark.clock === clock + 1;
}

/** What the author of a removal had in view: marks name the last struct of each client id, and what was settled. */
class View {
  readonly #removal: StructName;
  readonly #isPutBack: boolean;
  /** Client id → the structs that were marked, and when. */
  readonly #marked = new Map<number, { readonly clock: number; readonly at: number }[]>();
  /** Struct → when its author took back that it was settled. */
  readonly #takenBack = new Map<string, number>();

  constructor(doc: Doc, root: string, removal: Item) {
    const { client, clock } = removal.lastId;
    const name = otherRoot(root, REMOVED_KEY);
    this.#removal = { client, clock };
    this.#isPutBack = marksOn(doc, name, `${client}-${clock}`).some(({ value }) => value === true);
    const end = nextOfSameClient(doc, root, removal);
    for (const id of doc.share.get(name)?._map.keys() ?? [])
      for (const mark of marksOn(doc, name, id))
        if (mark.client === client && mark.clock < end) this.#take(id, mark);
  }

  holds(client: number, clock: number): boolean {
    const own = this.#removal;
    const isOwn = client === own.client;
    const backAt = this.#takenBack.get(`${client}-${clock}`) ?? -1;
    if (isOwn && backAt < 0 && (clock < own.clock || !this.#isPutBack)) return true;
    return this.#marked.get(client)?.some((mark) => mark.clock >= clock && mark.at > backAt) ?? false;
  }

  #take(id: string, mark: Mark): void {
    const at = mark.clock;
    const [client, clock] = parseStructKey(id);
    if (saysKnown(mark, { client, clock })) return;
    if (mark.value === true) {
      this.#takenBack.set(id, Math.max(at, this.#takenBack.get(id) ?? 0));
      return;
    }
    const marks = this.#marked.get(client);
    if (marks) marks.push({ clock, at });
    else this.#marked.set(client, [{ clock, at }]);
  }
}

/** The clock of the next value the author of a removal wrote under that key: what was marked from there on belongs to it. */
function nextOfSameClient(doc: Doc, root: string, { lastId }: Item): number {
  let next = Infinity;
  const current = doc.share.get(root)?._map.get(REMOVED_KEY);
  for (const { id, content } of current ? chainOf(current) : [])
    if (id.client === lastId.client && content instanceof ContentAny && id.clock > lastId.clock)
      next = Math.min(next, id.clock);
  return next;
}
