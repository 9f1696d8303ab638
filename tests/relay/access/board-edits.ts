import { applyUpdate, Doc } from 'yjs';
import { readAssignment, writeAssignment, type Assignment } from '@rukun/core/board';
import type { ExchangeItem } from '@rukun/core/protocol';
import type { OpenedRelay } from '../support/open-relay.ts';
import { BOARD } from '../support/open-relay.ts';

/** A copy of the board as it is stored now, on somebody's device. */
export function boardCopy({ storage }: OpenedRelay): Doc {
  const doc = new Doc({ gc: false });
  for (const update of storage.read((reader) => reader.updates(BOARD))) applyUpdate(doc, update);
  return doc;
}

/** Writes into a copy of the board, and what has to go up for it. */
export function boardItem(doc: Doc, write: (doc: Doc) => void): ExchangeItem {
  const updates: Uint8Array[] = [];
  const keep = (update: Uint8Array) => void updates.push(update);
  doc.on('update', keep);
  doc.transact(() => write(doc));
  doc.off('update', keep);
  const update = updates[0] ?? new Uint8Array([0, 0]);
  return { document: BOARD, area: '', upTo: 1, marks: [], update, isCompact: false, isVouched: false };
}

/** Gives an area to an officer, everything else as it is. */
export function assignItem(doc: Doc, area: string, change: Partial<Assignment>): ExchangeItem {
  return boardItem(doc, (board) => writeAssignment(board, { ...readAssignment(board, area), ...change }));
}
