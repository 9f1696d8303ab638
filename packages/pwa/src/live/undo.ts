import { LOCAL, ROOTS } from '@rukun/core/household';
import { type Doc, type Transaction, UndoManager } from 'yjs';
import { Value } from '../app/value.ts';

/**
 * Undo and redo of the person's own edits in this sitting, one step per edit. What others wrote is never touched, and
 * neither are status events and positions: those happened.
 */
export class UndoSteps {
  readonly can = new Value<{ readonly undo: boolean; readonly redo: boolean }>({ undo: false, redo: false });
  readonly #manager: UndoManager;

  constructor(doc: Doc) {
    this.#manager = new UndoManager(doc, {
      trackedOrigins: new Set([LOCAL]),
      captureTimeout: 0,
      captureTransaction: isUndoable,
    });
    const tell = (): void => {
      const can = { undo: this.#manager.canUndo(), redo: this.#manager.canRedo() };
      const { undo, redo } = this.can.get();
      if (can.undo !== undo || can.redo !== redo) this.can.set(can);
    };
    this.#manager.on('stack-item-added', tell);
    this.#manager.on('stack-item-popped', tell);
    this.#manager.on('stack-cleared', tell);
  }

  undo(): void {
    this.#manager.undo();
  }

  redo(): void {
    this.#manager.redo();
  }

  close(): void {
    this.#manager.destroy();
  }
}

function isUndoable(transaction: Transaction): boolean {
  const { share } = transaction.doc;
  for (const [name, type] of share) {
    if ((name.startsWith(ROOTS.event) || name.startsWith(ROOTS.fix)) && transaction.changed.has(type))
      return false;
  }
  return true;
}
