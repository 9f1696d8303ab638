import { fileURLToPath } from 'node:url';
import type { RawNetwork } from './network.ts';
import { SECRETS, type GivenSecret, type GivenSecrets, type SecretName } from './secrets.ts';

/** The settings as texts, before they are checked; flags come over these. */
export interface RawSettings extends RawNetwork {
  readonly port: string;
  readonly host: string;
  readonly data: string;
  readonly app: string;
  readonly production: boolean;
  readonly secrets: GivenSecrets;
  readonly 'session-days': string;
  readonly retention: string;
}

/** The only reader of the environment. */
export function readEnvironment(): RawSettings {
  const { env } = process;
  return {
    port: env['RUKUN_PORT'] ?? '8080',
    host: env['RUKUN_HOST'] ?? '127.0.0.1',
    data: env['RUKUN_DATA'] ?? './data',
    app: env['RUKUN_APP'] ?? fileURLToPath(new URL('../../../pwa/dist', import.meta.url)),
    production: !['', '0', 'false'].includes(env['RUKUN_PRODUCTION'] ?? ''),
    'session-days': env['RUKUN_SESSION_DAYS'] ?? '60',
    retention: env['RUKUN_RETENTION'] ?? '',
    'tls-cert': env['RUKUN_TLS_CERT'] ?? '',
    'tls-key': env['RUKUN_TLS_KEY'] ?? '',
    'trust-proxy': env['RUKUN_TRUST_PROXY'] ?? '',
    'allow-origin': env['RUKUN_ALLOW_ORIGIN'] ?? '',
    'security-contact': env['RUKUN_SECURITY_CONTACT'] ?? '',
    'connections-per-address': env['RUKUN_CONNECTIONS_PER_ADDRESS'] ?? '',
    secrets: { 'recovery-key': givenSecret('recovery-key'), 'audit-key': givenSecret('audit-key') },
  };
}

function givenSecret(name: SecretName): GivenSecret {
  const { environment } = SECRETS[name];
  return { text: process.env[environment] ?? null, path: process.env[`${environment}_FILE`] ?? null };
}
