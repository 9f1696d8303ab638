import { normalizeUserName } from '@rukun/core/people';
import type { RelayConfig } from '../../config/config.ts';
import type { StoredPerson } from '../../storage/records.ts';
import type { Storage } from '../../storage/storage.ts';
import { withStorage } from './open-people.ts';

/** Runs `f` on the person of a user name, or says that there is none. */
export function withPerson(
  config: RelayConfig,
  userName: string,
  f: (storage: Storage, person: StoredPerson) => Promise<number> | number,
): Promise<number> {
  return withStorage(config, 'keep', async (storage) => {
    const person = storage.read((reader) => reader.personByUserName(normalizeUserName(userName)));
    if (person) return f(storage, person);
    console.error(`there is nobody of the user name ${userName}; rukun people list shows them all`);
    return 1;
  });
}
