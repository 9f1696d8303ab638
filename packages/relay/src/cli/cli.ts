import { parseArgs } from 'node:util';
import { checkConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { serve } from './serve.ts';

const USAGE = `rukun serve [--demo] [--port 8080] [--host 127.0.0.1] [--data ./data] [--app DIR]

  --demo   fill an empty data folder with made-up areas, families and people
  --port   0 takes any free one                        (RUKUN_PORT)
  --host   0.0.0.0 listens to other machines as well   (RUKUN_HOST)
  --data   where everything is kept                    (RUKUN_DATA)
  --app    the built app                               (RUKUN_APP)
`;

const OPTIONS = {
  demo: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  app: { type: 'string' },
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
  const { demo = false, help = false, ...flags } = parsed.values;
  if (help || parsed.positionals.join(' ') !== 'serve') {
    console.error(USAGE);
    return help ? 0 : 2;
  }
  const config = checkConfig({ ...readEnvironment(), ...flags }, demo);
  if (typeof config === 'string') {
    console.error(config);
    return 2;
  }
  return serve(config);
}
