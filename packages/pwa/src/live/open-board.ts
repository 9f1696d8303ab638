import { readBoard, type Assignment } from '@rukun/core/board';
import type { DocumentName, PersonInfo } from '@rukun/core/protocol';
import { freshClient } from '@rukun/core/sync';
import { type Clock, Computed, type Random } from '@rukun/core/foundation';
import { IndexeddbPersistence } from 'y-indexeddb';
import { Doc } from 'yjs';
import type { OpenBoard } from '../app/app.ts';
import type { Frames } from '../platform/frames.ts';
import { LiveConnection, type LivePorts } from './live-connection.ts';

import { PresenceList } from './presence.ts';

/** A database that has not answered by then is blocked by another tab, or worse. */
const LONGEST_READ_MS = 3_000;

/** What an open board needs. */
export interface BoardParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly frames: Frames;
  readonly live: LivePorts;
  /** Person id. */
  readonly self: string;
  personOf(person: string): PersonInfo | null;
  /** The relay no longer knows this session. */
  expired(): void;
}

/**
 * Opens a board: user ids only, so it lives in clear text in a database of its own (y-indexeddb). Here it is read only;
 * what is lost of it on the device comes again from the relay.
 */
export async function openBoard(parts: BoardParts, document: DocumentName): Promise<OpenBoard> {
  const doc = new Doc();
  doc.clientID = freshClient(parts.random, doc);
  const disk = new IndexeddbPersistence(`rukun.${document}`, doc);
  // y-indexeddb never says that it could not open or read: without a copy of its own the board comes from the relay alone.
  await Promise.race([disk.whenSynced, refusal(disk), after(parts.clock, LONGEST_READ_MS)]);
  const assignments = new Computed<readonly Assignment[]>(() => readBoard(doc));
  let isDue = false;
  doc.on('update', () => {
    assignments.spoil();
    if (isDue) return;
    isDue = true;
    parts.frames.next(() => {
      isDue = false;
      assignments.tell();
    });
  });
  const connection = new LiveConnection(doc, document, parts.live, {
    before: () => Promise.resolve(),
    lastEdit: () => 0,
    received: () => undefined,
    stored: () => undefined,
    refused: () => undefined,
    denied: ({ code }) => {
      if (code === 'unauthenticated') parts.expired();
    },
  });
  const presence = new PresenceList(connection.awareness, parts.self, (person) => parts.personOf(person));
  return {
    assignments,
    live: connection.state,
    present: presence.present,
    async close() {
      presence.close();
      connection.close();
      await Promise.race([disk.destroy().catch(() => undefined), after(parts.clock, LONGEST_READ_MS)]);
      doc.destroy();
    },
  };
}

/** Resolves when the database cannot be opened. */
function refusal(disk: IndexeddbPersistence): Promise<void> {
  return new Promise((resolve) => {
    // oxlint-disable-next-line no-underscore-dangle -- the only thing of y-indexeddb that says so
    disk._db.catch(() => {
      resolve();
    });
  });
}

function after(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
