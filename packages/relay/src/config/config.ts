import { resolve } from 'node:path';
import type { RawSettings } from './env.ts';

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
  /** File of the key that devices seal their vaults' keys to; null: one in the data folder, made at the first start. */
  readonly recoveryKey: string | null;
  /** Fill an empty database with made-up areas, families and people. */
  readonly demo: boolean;
}

/** The settings checked, or a sentence that says what is wrong with them. */
export function checkConfig(raw: RawSettings, demo: boolean): RelayConfig | string {
  const port = Number(raw.port);
  if (!/^\d{1,5}$/.test(raw.port) || port > 65_535) return `not a port (0-65535): ${raw.port}`;
  if (raw.host === '') return 'the host is empty';
  if (raw.data === '') return 'the data folder is empty';
  const data = raw.data === ':memory:' ? raw.data : resolve(raw.data);
  const recoveryKey = raw['recovery-key'] === '' ? null : resolve(raw['recovery-key']);
  return { data, port, host: raw.host, app: resolve(raw.app), recoveryKey, demo };
}
