import type { ErrorCode } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import type { OpenDocument } from '@rukun/core/sync';
import type { IdNumbers } from '../stores/id-numbers.ts';
import { LiveConnection } from './live-connection.ts';
import { PresenceList } from './presence.ts';
import type { HouseholdParts } from './sitting.ts';
import { UndoSteps } from './undo.ts';

/**
 * One open copy of a household and what hangs on it: writing, undo, the live connection, who else is there. A rebuild after a
 * refusal makes it one of the past, and another takes its place.
 */
export class OpenCopy {
  readonly file: OpenDocument;
  readonly household: Household;
  readonly undo: UndoSteps;
  readonly connection: LiveConnection | null;
  readonly presence: PresenceList | null;

  constructor(file: OpenDocument, parts: HouseholdParts, numbers: IdNumbers) {
    const { clock, me, live } = parts;
    this.file = file;
    this.household = new Household(file.doc, {
      person: me.person.id,
      now: () => clock.now(),
      nextId: () => `${me.device.tag}${numbers.next()}`,
    });
    this.undo = new UndoSteps(file.doc);
    if (live === null) {
      this.connection = null;
      this.presence = null;
      return;
    }
    const connection = new LiveConnection(file.doc, file.document, live, {
      before: async () => {
        await file.settled();
        await parts.send(file.document);
      },
      lastEdit: () => file.lastEdit,
      received: (update) => {
        file.receivedThere(update);
      },
      stored: (edit) => {
        file.storedThere(edit);
      },
      refused: (edit, code, paths) => void this.#refused(parts, edit, code, paths),
      denied: ({ code }) => {
        if (code === 'unauthenticated') parts.expired();
      },
    });
    file.follow((origin) => connection.isOrigin(origin));
    this.connection = connection;
    this.presence = new PresenceList(connection.awareness, me.person.id, (person) => parts.personOf(person));
  }

  /** Nothing goes out or comes in over it any more. */
  goOffline(): void {
    this.presence?.close();
    this.connection?.close();
  }

  /** What follows under this client id would be refused as well: an exchange fetches what the rebuild starts from. */
  async #refused(
    parts: HouseholdParts,
    edit: number,
    code: ErrorCode,
    paths: readonly string[],
  ): Promise<void> {
    this.goOffline();
    await this.file.refusedThere(edit, code, paths);
    await parts.send(this.file.document);
  }
}
