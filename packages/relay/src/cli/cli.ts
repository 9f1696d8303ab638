import { parseArgs } from 'node:util';
import { checkConfig, type RelayConfig } from '../config/config.ts';
import { readEnvironment } from '../config/env.ts';
import { auditCommand } from './audit.ts';
import { runBackup, runRestore } from './backup.ts';
import { runApply, runErase, type EraseFlags } from './erase.ts';
import { runRetention } from './retention.ts';
import { runSecrets } from './secrets.ts';
import { runPeople } from './people/people.ts';
import { serve } from './serve.ts';

const USAGE = `rukun serve [--demo] [--production] [--port 8080] [--host 127.0.0.1] [--data ./data] [--app DIR]
rukun backup FILE [--data ./data]
rukun restore FILE [--data ./data] [--force] [--erasures FILE]
rukun erase household/ID --request REFERENCE [--member ID] [--field ROOT/KEY] [--dry-run] [--yes] [--data ./data]
rukun erasure apply FILE [--data ./data] [--erasures FILE]
rukun retention [--data ./data]
rukun secrets DIR
rukun audit verify [--head ENTRIES:HASH] [--data ./data]
rukun audit readers household/ID [--data ./data]
rukun audit export FILE [--data ./data]
rukun people import | list | add | reset | devices | revoke | end-sessions …   (rukun people --help)

  serve    runs a relay on a data folder
  backup   copies the database into a new file, also while a relay runs
  restore  puts such a copy into an empty data folder and begins a new epoch
  erase    removes a person or a household on lawful request, for good; the relay of the folder is stopped
  erasure apply   carries out on a backup what was erased since it was made
  retention  removes what is past its time; a relay does it by itself every day
  secrets  makes the secrets a relay needs in production, files for its owner only
  audit    verify: whether anything in the audit log was changed, put in or removed;
           readers: who was sent a document; export: all entries, a JSON object a line
  people   who can sign in: import from a file, list, add; passwords and devices

  --demo           fill an empty data folder with made-up areas, families and people
  --production     refuse to serve where anything is not fit for real people   (RUKUN_PRODUCTION)
  --port           0 takes any free one                                        (RUKUN_PORT)
  --host           0.0.0.0 listens to other machines as well                   (RUKUN_HOST)
  --data           where everything is kept                                    (RUKUN_DATA)
  --app            the built app                                               (RUKUN_APP)
  --tls-cert FILE  certificate with its chain, PEM                             (RUKUN_TLS_CERT)
  --tls-key FILE   its private key, PEM                                        (RUKUN_TLS_KEY)
  --trust-proxy LIST   addresses and subnets whose X-Forwarded-* are believed  (RUKUN_TRUST_PROXY)
  --allow-origin LIST  other origins whose pages may use the API               (RUKUN_ALLOW_ORIGIN)
  --security-contact URI   for /.well-known/security.txt                       (RUKUN_SECURITY_CONTACT)
  --connections-per-address N                                                  (RUKUN_CONNECTIONS_PER_ADDRESS)
  --head ENTRIES:HASH  where the audit log ended once, as the process log says it
  --session-days N how long a device stays signed in that is not used          (RUKUN_SESSION_DAYS)
  --retention LIST how many days to keep what is not kept for ever, refused=90,decided=180 … (RUKUN_RETENTION)
  --force          move data that is in the folder aside
  --erasures FILE  another ledger of erasures, besides that of the data folder
  --member ID      a member, instead of the whole household
  --field PATH     a field of the family that says something about that person; may be given several times
  --request REF    the number the request is filed under
  --dry-run        list what would go, places and counts, and change nothing
  --yes            do not ask
`;

const OPTIONS = {
  demo: { type: 'boolean' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  app: { type: 'string' },
  production: { type: 'boolean' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'trust-proxy': { type: 'string' },
  'allow-origin': { type: 'string' },
  'security-contact': { type: 'string' },
  'connections-per-address': { type: 'string' },
  head: { type: 'string' },
  force: { type: 'boolean' },
  'session-days': { type: 'string' },
  retention: { type: 'string' },
  erasures: { type: 'string' },
  member: { type: 'string' },
  field: { type: 'string', multiple: true },
  request: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Runs one command; resolves with the exit code once it is done, or with null while it serves. */
export async function runCli(args: readonly string[]): Promise<number | null> {
  if (args[0] === 'people') return runPeople(args.slice(1));
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : 'unreadable arguments'}\n\n${USAGE}`);
    return 2;
  }
  const { demo = false, force = false, help = false, head, erasures, ...others } = parsed.values;
  const { member, field, request, 'dry-run': isDry, yes, ...flags } = others;
  const [command, ...rest] = parsed.positionals;
  const run = help
    ? null
    : commandOf(command, rest, {
        force,
        head,
        erasures: erasures ?? null,
        erase: { member, field, request, 'dry-run': isDry, yes },
      });
  if (!run) {
    console.error(USAGE);
    return help ? 0 : 2;
  }
  const config = checkConfig({ ...readEnvironment(), ...flags }, demo);
  if (!('data' in config)) {
    console.error(config.join('\n'));
    return 2;
  }
  return run(config);
}

/** What the commands take besides files. */
interface CommandFlags {
  readonly force: boolean;
  readonly head: string | undefined;
  readonly erasures: string | null;
  readonly erase: EraseFlags;
}

/** What a command line asks for, or null if it asks for nothing there is. */
function commandOf(
  command: string | undefined,
  [file, ...more]: readonly string[],
  { force, head, erasures, erase }: CommandFlags,
): ((config: RelayConfig) => Promise<number | null> | number) | null {
  if (command === 'serve' && file === undefined) return serve;
  if (command === 'retention' && file === undefined) return runRetention;
  if (command === 'audit') return auditCommand(file, more, head);
  if (file === undefined) return null;
  if (command === 'erasure') {
    const [backup, ...others] = more;
    if (file !== 'apply' || backup === undefined || others.length > 0) return null;
    return (config) => runApply(config, backup, erasures);
  }
  if (more.length > 0) return null;
  if (command === 'backup') return (config) => runBackup(config, file);
  if (command === 'restore') return (config) => runRestore(config, file, force, erasures);
  if (command === 'erase') return (config) => runErase(config, file, erase);
  if (command === 'secrets') return () => runSecrets(file);
  return null;
}
