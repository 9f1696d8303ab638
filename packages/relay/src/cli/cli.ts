import { parseArgs } from 'node:util';
import { checkConfig, type RelayConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { runBackup, runRestore } from './backup.ts';
import { serve } from './serve.ts';

const USAGE = `rukun serve [--demo] [--port 8080] [--host 127.0.0.1] [--data ./data] [--app DIR]
            [--recovery-key FILE]
rukun backup FILE [--data ./data]
rukun restore FILE [--data ./data] [--force]

  serve    runs a relay on a data folder
  backup   copies the database into a new file, also while a relay runs
  restore  puts such a copy into an empty data folder and begins a new epoch

  --demo   fill an empty data folder with made-up areas, families and people
  --port   0 takes any free one                        (RUKUN_PORT)
  --host   0.0.0.0 listens to other machines as well   (RUKUN_HOST)
  --data   where everything is kept                    (RUKUN_DATA)
  --app    the built app                               (RUKUN_APP)
  --recovery-key  what vaults on devices are sealed to; default: a file in the data folder, made
           at the first start                          (RUKUN_RECOVERY_KEY)
  --force  move data that is in the folder aside
`;

const OPTIONS = {
  demo: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  app: { type: 'string' },
  'recovery-key': { type: 'string' },
  force: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Runs one command; resolves with the exit code once it is done, or with null while it serves. */
export async function runCli(args: readonly string[]): Promise<number | null> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'unreadable arguments'}\n\n${USAGE}`);
    return 2;
  }
  const { demo = false, force = false, help = false, ...flags } = parsed.values;
  const [command, ...rest] = parsed.positionals;
  const run = help ? null : commandOf(command, rest, force);
  if (!run) {
    console.error(USAGE);
    return help ? 0 : 2;
  }
  const config = checkConfig({ ...readEnvironment(), ...flags }, demo);
  if (typeof config === 'string') {
    console.error(config);
    return 2;
  }
  return run(config);
}

/** What a command line asks for, or null if it asks for nothing there is. */
function commandOf(
  command: string | undefined,
  [file, ...more]: readonly string[],
  force: boolean,
): ((config: RelayConfig) => Promise<number | null> | number) | null {
  if (command === 'serve' && file === undefined) return serve;
  if (file === undefined || more.length > 0) return null;
  if (command === 'backup') return ({ data }) => runBackup(data, file);
  if (command === 'restore') return ({ data }) => runRestore(data, file, force);
  return null;
}
