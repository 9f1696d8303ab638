import { parseArgs } from 'node:util';
import { checkConfig, type RelayConfig } from '../../config/config.ts';
import { readEnvironment } from '../../config/env.ts';
import { SecretUnavailable } from '../../config/secrets.ts';
import { ImportOutdated } from '../../people/import-people.ts';
import { StorageUnavailable } from '../../storage/storage.ts';
import { addPerson } from './add.ts';
import { listDevices, revoke } from './devices.ts';
import { endSessions } from './end-sessions.ts';
import { importFile } from './import.ts';
import { listPeople } from './list.ts';
import type { PeopleCommand } from './open-people.ts';
import { resetPerson } from './reset.ts';

const OPTIONS = {
  data: { type: 'string' },
  passwords: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'user-name': { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  code: { type: 'string' },
  area: { type: 'string' },
  query: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** What can be done with people on the command line. */
const COMMANDS: Readonly<Record<string, PeopleCommand>> = {
  import: importFile,
  list: listPeople,
  add: addPerson,
  reset: resetPerson,
  devices: listDevices,
  revoke,
  'end-sessions': endSessions,
};

const USAGE = `${Object.values(COMMANDS)
  .map(({ usage }) => `rukun people ${usage}`)
  .join('\n')}

${Object.entries(COMMANDS)
  .map(([name, { means }]) => `  ${name.padEnd(14)}${means}`)
  .join('\n')}

  --data DIR   where everything is kept, ./data unless told   (RUKUN_DATA)

All of it works while a relay runs on the folder. docs/operations.md has the columns of the file.
`;

/** `rukun people …`: the exit code; 0 done, 1 not done and stderr says why, 2 unreadable arguments. */
export async function runPeople(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'unreadable arguments'}\n\n${USAGE}`);
    return 2;
  }
  const [name = '', ...operands] = parsed.positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || parsed.values.help || operands.length !== command.operands) {
    console.error(USAGE);
    return parsed.values.help ? 0 : 2;
  }
  const { data, ...flags } = parsed.values;
  const config = checkConfig({ ...readEnvironment(), ...(data === undefined ? {} : { data }) }, false);
  if (!('data' in config)) {
    console.error(config.join('\n'));
    return 2;
  }
  try {
    return await command.run(config, operands[0] ?? '', flags);
  } catch (error) {
    console.error(reasonOf(config, error));
    return 1;
  }
}

/** What the person at the keyboard is told; a fault of ours is thrown on. */
function reasonOf({ data }: RelayConfig, error: unknown): string {
  if (error instanceof ImportOutdated)
    return 'the people were changed by somebody else meanwhile; nothing was changed, try again';
  if (error instanceof StorageUnavailable || error instanceof SecretUnavailable)
    return `cannot work on ${data}: ${error.reason}`;
  throw error;
}
