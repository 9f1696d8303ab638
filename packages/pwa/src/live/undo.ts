import { Value } from '@rukun/core/foundation';
import { UndoHistory } from '@rukun/core/household';
import type { Doc } from 'yjs';

/** Undo and redo of the person's own edits in this sitting, for the screen. */
export class UndoSteps {
  readonly can = new Value<{ readonly undo: boolean; readonly redo: boolean }>({ undo: false, redo: false });
  readonly #history: UndoHistory;

  constructor(doc: Doc) {
    this.#history = new UndoHistory(doc, () => {
      const { canUndo, canRedo } = this.#history;
      const { undo, redo } = this.can.get();
      if (canUndo !== undo || canRedo !== redo) this.can.set({ undo: canUndo, redo: canRedo });
    });
  }

  undo(): void {
    this.#history.undo();
  }

  redo(): void {
    this.#history.redo();
  }

  close(): void {
    this.#history.close();
  }
}
