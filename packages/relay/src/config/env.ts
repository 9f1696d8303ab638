import { fileURLToPath } from 'node:url';

/** The settings as texts, before they are checked; flags come over these. */
export interface RawSettings {
  readonly port: string;
  readonly host: string;
  readonly data: string;
  readonly app: string;
  /** '' for none. */
  readonly 'recovery-key': string;
}

/** The only reader of the environment. */
export function readEnvironment(): RawSettings {
  const { RUKUN_PORT, RUKUN_HOST, RUKUN_DATA, RUKUN_APP, RUKUN_RECOVERY_KEY } = process.env;
  return {
    port: RUKUN_PORT ?? '8080',
    host: RUKUN_HOST ?? '127.0.0.1',
    data: RUKUN_DATA ?? './data',
    app: RUKUN_APP ?? fileURLToPath(new URL('../../../pwa/dist', import.meta.url)),
    'recovery-key': RUKUN_RECOVERY_KEY ?? '',
  };
}
