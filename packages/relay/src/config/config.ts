import { resolve } from 'node:path';
import { PLAIN_RETENTION, readRetention, type RetentionDays } from '../retention/table.ts';
import type { RawSettings } from './env.ts';
import { CLOSED_NETWORK, readNetwork, type NetworkConfig } from './network.ts';
import { NO_SECRETS, type GivenSecrets } from './secrets.ts';

/** How one relay is set up; checked. */
export interface RelayConfig {
  /** Folder of the data, or `:memory:` for one that is forgotten. */
  readonly data: string;
  /** 0: any free one. */
  readonly port: number;
  /** Address to listen on; 127.0.0.1 is this machine only. */
  readonly host: string;
  /** Folder of the built app. */
  readonly app: string;
  /** Fill an empty database with made-up areas, families and people. */
  readonly demo: boolean;
  /** Serves real people: nothing that is for trying out only, no secret made by itself. */
  readonly production: boolean;
  readonly secrets: GivenSecrets;
  readonly network: NetworkConfig;
  /** How long a device stays signed in that is not used, days. */
  readonly sessionDays: number;
  /** How long what is not kept for ever is kept. */
  readonly retention: RetentionDays;
}

/** What need not be said for a relay to try out or to test. */
export const DEVELOPMENT = {
  production: false,
  secrets: NO_SECRETS,
  network: CLOSED_NETWORK,
  sessionDays: 60,
  retention: PLAIN_RETENTION,
} as const satisfies Partial<RelayConfig>;

/** The settings checked, or a sentence for each that is wrong. */
export function checkConfig(raw: RawSettings, demo: boolean): RelayConfig | readonly string[] {
  const faults: string[] = [];
  const port = Number(raw.port);
  if (!/^\d{1,5}$/.test(raw.port) || port > 65_535) faults.push(`not a port (0-65535): ${raw.port}`);
  if (raw.host === '') faults.push('the host is empty');
  if (raw.data === '') faults.push('the data folder is empty');
  const sessionDays = Number(raw['session-days']);
  if (!/^\d{1,3}$/.test(raw['session-days']) || sessionDays < 1)
    faults.push(`not a number of days (1-999): ${raw['session-days']}`);
  const retention = readRetention(raw.retention);
  if (typeof retention === 'string') faults.push(retention);
  const network = readNetwork(raw, faults);
  if (faults.length > 0 || typeof retention === 'string') return faults;
  const data = raw.data === ':memory:' ? raw.data : resolve(raw.data);
  const { host, production, secrets } = raw;
  return {
    data,
    port,
    host,
    app: resolve(raw.app),
    demo,
    production,
    secrets,
    network,
    sessionDays,
    retention,
  };
}
