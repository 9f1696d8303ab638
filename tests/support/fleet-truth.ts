/**
 * Who had what in their copy when writing: kept by sets of writes alone, without a look at what the documents say about it.
 */
export interface TrueWrite {
  /** `<root>/<key>` */
  readonly path: string;
  readonly value: unknown;
  readonly by: string;
  /** The struct, `<client>-<clock>`; another one after a rebuild. */
  id: string;
  /** The values its author replaced with them in view. */
  readonly covers: ReadonlySet<TrueWrite>;
  /** The choice it takes back, and what that had settled. */
  readonly takesBack: TrueWrite | null;
  readonly restores: ReadonlySet<TrueWrite>;
  /** Of an answer of a member: its author had no removal of the member in view. */
  readonly saysMember: boolean;
  /** Of a removal: the answers of the member its author had in the copy. */
  readonly sawAnswers: ReadonlySet<TrueWrite>;
}

/** What one copy holds. */
export type TrueCopy = Set<TrueWrite>;

/** The values of a path that nobody whose write is in this copy had in view. */
export function trueHeads(copy: TrueCopy, path: string): TrueWrite[] {
  const writes = [...copy].filter((write) => write.path === path);
  const undone = writes.filter(({ takesBack }) => takesBack !== null);
  const covered = new Set<TrueWrite>();
  for (const later of writes)
    for (const write of later.covers)
      if (!undone.some((each) => each.takesBack === later && each.restores.has(write))) covered.add(write);
  return writes.filter((write) => !covered.has(write));
}

/** Everything that stands side by side for a path; with the answers of a member beside its removal. */
export function trueSideBySide(copy: TrueCopy, path: string): TrueWrite[] {
  const heads = trueHeads(copy, path);
  return isRemovedPath(path) ? [...heads, ...trueAnswersBeside(copy, path)] : heads;
}

/** Of each client id the first answer of the member that stands beside a removal. */
function trueAnswersBeside(copy: TrueCopy, path: string): TrueWrite[] {
  const removals = trueHeads(copy, path).filter(({ value }) => value !== null);
  const first = new Map<string, TrueWrite>();
  for (const write of answersIn(copy, path)) {
    if (!write.saysMember || removals.every(({ sawAnswers }) => sawAnswers.has(write))) continue;
    const [client = '', clock] = write.id.split('-');
    const earlier = first.get(client);
    if (!earlier || Number(clock) < Number(earlier.id.split('-')[1])) first.set(client, write);
  }
  return [...first.values()];
}

/** The answers in a copy of the member whose removal a path is. */
export function answersIn(copy: TrueCopy, path: string): TrueWrite[] {
  const root = rootOfPath(path);
  return [...copy].filter((write) => rootOfPath(write.path) === root && !isRemovedPath(write.path));
}

export function isRemovedPath(path: string): boolean {
  return path.startsWith('member/') && path.endsWith('/removed');
}

/** The path that says whether the member an answer belongs to is taken out; null for one of the family. */
export function removedPathOf(path: string): string | null {
  return path.startsWith('member/') ? `${rootOfPath(path)}/removed` : null;
}

function rootOfPath(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
