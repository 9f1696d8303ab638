import { existsSync, statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import type { RelayConfig } from './config.ts';
import { SECRET_NAMES, SecretUnavailable, type SecretName, type Secrets } from './secrets.ts';

/** What production mode asks besides the settings. */
export interface ProductionParts {
  readonly secrets: Secrets;
  /** Whether there is made-up data in the folder. */
  readonly isDemo: () => boolean;
  /** Reads a secret as what it has to be. Throws {@link SecretUnavailable}. */
  readonly open: (name: SecretName) => void;
}

/** Why this relay must not serve real people, a sentence each; none if it may. Makes and changes nothing. */
export function productionFaults(config: RelayConfig, { secrets, isDemo, open }: ProductionParts): string[] {
  const { data, demo, host } = config;
  const { tls, trustedProxies, allowedOrigins } = config.network;
  const faults: string[] = [];
  if (data === ':memory:') faults.push('data in memory is forgotten: name a data folder');
  if (demo) faults.push('--demo is for trying out: the password of its people is public');
  else if (isDemo())
    faults.push('there is made-up data in the data folder, and the password of its people is public');
  if (!tls && trustedProxies.length === 0)
    faults.push('there is neither a certificate (--tls-cert, --tls-key) nor a trusted proxy (--trust-proxy)');
  else if (!tls && !isLoopback(host))
    faults.push(
      `plain HTTP is for a proxy on this machine: listen on 127.0.0.1 instead of ${host}, or use TLS`,
    );
  for (const range of trustedProxies)
    if (isNearlyEverybody(range))
      faults.push(`${range} is nearly everybody: name the proxy itself (--trust-proxy)`);
  for (const origin of allowedOrigins)
    if (!origin.startsWith('https://'))
      faults.push(
        `pages of ${origin} can be changed on the way: allow https:// origins only (--allow-origin)`,
      );
  for (const path of [data, tls?.key ?? null])
    if (path !== null && isOpenToOthers(path)) faults.push(`others than its owner can read ${path}`);
  for (const name of SECRET_NAMES) {
    const path = secrets.pathOf(name);
    if (path !== null && isOpenToOthers(path)) faults.push(`others than its owner can read ${path}`);
    try {
      open(name);
    } catch (error) {
      if (!(error instanceof SecretUnavailable)) throw error;
      faults.push(error.reason);
    }
  }
  return faults;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Whoever is in such a subnet could say where it comes from; the widest one for machines of one's own is 10.0.0.0/8. */
function isNearlyEverybody(range: string): boolean {
  const bits = range.split('/')[1];
  return bits !== undefined && Number(bits) < 8;
}

/** Modes mean nothing on Windows, whose folders inherit who may read them. */
function isOpenToOthers(path: string): boolean {
  if (process.platform === 'win32' || !existsSync(path)) return false;
  return (statSync(path).mode & 0o077) !== 0;
}
