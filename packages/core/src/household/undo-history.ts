import { findRootTypeKey, isDeleted, type Doc, type Transaction } from 'yjs';
import { currentBefore, lastValue } from '../documents/structs.ts';
import { otherRoot } from '../foundation/index.ts';
import { putBack, settle, settledIn, writeValue, type OtherEntry } from './others.ts';
import { isValue, LOCAL, MEMBER_FIELDS, ROOTS, type Value } from './schema.ts';

interface KeyChange {
  readonly root: string;
  readonly key: string;
  readonly before: Value;
  readonly after: Value;
}

/** One step: what one transaction of this person changed, and which standing answers it settled. */
interface Step {
  readonly changes: readonly KeyChange[];
  readonly settled: readonly OtherEntry[];
}

/** Why a member was taken out when adding it is undone. */
const UNDONE = '-';

/** Keys that say who wrote an entity and when; they stay as they are. */
const SIGNATURE: readonly string[] = ['by', 'at'];

/**
 * Undo and redo of this person's own edits, one step per transaction. A step writes the earlier values as new edits (`null`
 * where there was none), so that it merges like any other; a key that somebody else has changed since is left alone.
 * Undoing a choice puts the answers it settled beside the current one again. Status events and positions stay: they
 * happened.
 */
export class UndoHistory {
  readonly #doc: Doc;
  readonly #changed: () => void;
  readonly #listener: (transaction: Transaction) => void;
  readonly #done: Step[] = [];
  #undone: Step[] = [];
  #isReplaying = false;

  /** `changed` is called whenever {@link canUndo} or {@link canRedo} may have changed. */
  constructor(doc: Doc, changed: () => void) {
    this.#doc = doc;
    this.#changed = changed;
    this.#listener = (transaction) => {
      this.#record(transaction);
    };
    doc.on('afterTransaction', this.#listener);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes the last step back; nothing if there is none. */
  undo(): void {
    const step = this.#done.pop();
    if (!step) return;
    this.#undone.push(step);
    this.#replay(() => {
      const restored = new Set<string>();
      for (const change of step.changes) {
        if (this.#write(change, change.after, change.before))
          restored.add(otherRoot(change.root, change.key));
      }
      for (const entry of step.settled) if (restored.has(entry.root)) putBack(this.#doc, entry);
    });
  }

  /** Brings the last step back that was taken back. */
  redo(): void {
    const step = this.#undone.pop();
    if (!step) return;
    this.#done.push(step);
    this.#replay(() => {
      const chosen = new Set<string>();
      for (const change of step.changes) {
        if (this.#write(change, change.before, change.after)) chosen.add(otherRoot(change.root, change.key));
      }
      for (const entry of step.settled) if (chosen.has(entry.root)) settle(this.#doc, entry);
    });
  }

  /** Stops recording. */
  close(): void {
    this.#doc.off('afterTransaction', this.#listener);
  }

  /** Writes one key if it still holds what this step left there, and nobody else has written the same since. */
  #write({ root, key, before }: KeyChange, expected: Value, value: Value): boolean {
    if (isAddedMember({ root, key, before })) {
      writeValue(this.#doc, root, MEMBER_FIELDS.removed, value === null ? UNDONE : null);
      return true;
    }
    const current = this.#doc.share.get(root)?._map.get(key);
    if (current?.lastId.client !== this.#doc.clientID || valueOr(lastValue(current)) !== expected)
      return false;
    writeValue(this.#doc, root, key, value);
    return true;
  }

  #replay(change: () => void): void {
    this.#isReplaying = true;
    this.#doc.transact(change, LOCAL);
    this.#isReplaying = false;
    this.#changed();
  }

  #record(transaction: Transaction): void {
    if (transaction.origin !== LOCAL || this.#isReplaying) return;
    const step = stepOf(transaction);
    if (step === null) return;
    this.#done.push(step);
    this.#undone = [];
    this.#changed();
  }
}

function isAddedMember({ root, key, before }: Pick<KeyChange, 'root' | 'key' | 'before'>): boolean {
  return root.startsWith(ROOTS.member) && key === MEMBER_FIELDS.order && before === null;
}

function stepOf(transaction: Transaction): Step | null {
  const changes: KeyChange[] = [];
  for (const [type, keys] of transaction.changed) {
    if (type._item !== null) continue;
    const root = findRootTypeKey(type);
    if (root.startsWith(ROOTS.other)) continue;
    if (root.startsWith(ROOTS.event) || root.startsWith(ROOTS.fix)) return null;
    for (const key of keys) {
      const current = key === null ? undefined : type._map.get(key);
      if (key === null || !current || SIGNATURE.includes(key)) continue;
      const earlier = currentBefore(current, transaction.beforeState);
      const wasThere = earlier !== null && (!earlier.deleted || isDeleted(transaction.deleteSet, earlier.id));
      const before = wasThere ? valueOr(lastValue(earlier)) : null;
      changes.push({ root, key, before, after: valueOr(lastValue(current)) });
    }
  }
  return changes.length > 0 ? { changes, settled: settledIn(transaction) } : null;
}

function valueOr(value: unknown): Value {
  return isValue(value) ? value : null;
}
