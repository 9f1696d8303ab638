import { createHmac } from 'node:crypto';
import type { Clock, InstantMs, Random } from '@rukun/core/foundation';
import type { PasswordSlip } from '@rukun/core/people';
import { oneTimePasswordOf } from '../auth/one-time-password.ts';
import { projectPeople } from '../access/board-projection.ts';
import type { Storage, StorageWriter } from '../storage/storage.ts';
import { recordEvent } from '../audit/record.ts';
import type { Doer } from '../auth/management.ts';
import { changePerson } from './change-person.ts';
import { drawPersonId } from './person-id.ts';
import { isAgainstEqual, planOf } from './plan.ts';
import type { StagedRow, Staging } from './staging.ts';

const SEED_BYTES = 32;

interface ImportParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
}

/** The one-time passwords of one import. They are made anew from a seed in memory each time, so that none is kept anywhere. */
export class ImportPasswords {
  readonly #seed: Uint8Array;

  constructor(random: Random) {
    this.#seed = random.bytes(SEED_BYTES);
  }

  of(userName: string): string {
    return oneTimePasswordOf(createHmac('sha256', this.#seed).update(userName).digest());
  }

  /** One slip per new person, in the order of the file. */
  *slips(staging: Staging): Generator<PasswordSlip> {
    for (const { userName, name, role } of staging.newcomers())
      yield { userName, name, role, password: this.of(userName) };
  }
}

/**
 * Hashes the one-time passwords of everybody new, `atOnce` at a time, outside of any transaction; yields how many are done.
 * Nothing is stored, so whoever stops listening has called the import off.
 */
export async function* hashPasswords(
  staging: Staging,
  passwords: ImportPasswords,
  hash: (password: string) => Promise<string>,
  atOnce: number,
): AsyncGenerator<number> {
  let done = 0;
  let batch: StagedRow[] = [];
  const finish = async () => {
    const hashes = await Promise.all(batch.map(({ userName }) => hash(passwords.of(userName))));
    for (const [index, { line }] of batch.entries()) staging.setPasswordHash(line, hashes[index] ?? '');
    done += batch.length;
    batch = [];
    return done;
  };
  for (const row of staging.newcomers()) {
    if (batch.push(row) === atOnce) yield await finish();
  }
  if (batch.length > 0) yield await finish();
}

/** What was written between the check and now does not fit the file any more; the import can be tried again. */
export class ImportOutdated extends Error {}

/**
 * Writes everything in one transaction: all of it is stored when this returns, or nothing. Returns the devices whose sessions ended. Throws {@link ImportOutdated}.
 */
export function writePeople(
  { storage, clock, random }: ImportParts,
  staging: Staging,
  by: Doer,
): readonly string[] {
  const at = clock.now();
  return storage.transact((writer) => {
    const hadAdministrator = writer.directory.countActive('administrator') > 0;
    const ended: string[] = [];
    const ofNewRole = new Set<string>();
    const counts = { added: 0, changed: 0 };
    for (const row of staging.rows()) {
      const person = writer.personByUserName(row.userName);
      if (row.isNew !== (person === null)) throw new ImportOutdated();
      const plan = planOf(person, row, at);
      if (!person) addPerson(writer, drawPersonId(random), row, by, at);
      else if (plan.kind === 'changed') {
        if (isAgainstEqual(person, plan.changes, by)) throw new ImportOutdated();
        ended.push(...changePerson(writer, person, plan.changes, by, at));
        if (plan.changes.role) ofNewRole.add(person.id);
      }
      if (plan.kind !== 'unchanged') counts[plan.kind]++;
    }
    if (hadAdministrator && writer.directory.countActive('administrator') === 0) throw new ImportOutdated();
    projectPeople(writer, ofNewRole, at);
    recordEvent(writer, { kind: 'people-imported', ...counts, ...by });
    return ended;
  });
}

function addPerson(writer: StorageWriter, id: string, row: StagedRow, by: Doer, at: InstantMs): void {
  const { userName, name, role, code, area, isEnded, passwordHash } = row;
  if (passwordHash === null) throw new Error('a new person without a password');
  const known = { id, userName, name, role, code: code ?? '', area: area ?? '' };
  writer.addPerson({ ...known, passwordHash, mustChangePassword: true });
  if (isEnded) writer.directory.change(id, { endedAt: at });
  else recordEvent(writer, { kind: 'role-changed', subject: id, from: '', to: role, ...by });
}
