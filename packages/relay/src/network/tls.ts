import { readFileSync, statSync } from 'node:fs';
import { createSecureContext, type Server } from 'node:tls';
import type { Clock, Log } from '@rukun/core/foundation';
import type { TlsFiles } from '../config/network.ts';
import { SecretUnavailable } from '../config/secrets.ts';
import { describeFault } from '../monitoring/fault.ts';

/** How often the files are looked at: certificates are renewed days before they end. */
const LOOK_MS = 60_000;

/** Certificate and key, and the oldest version of TLS that is spoken. */
export interface TlsContext {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2';
}

/** Reads certificate and key and sees to it that they belong together. Throws {@link SecretUnavailable}. */
export function readTls({ cert, key }: TlsFiles): TlsContext {
  try {
    const context = { cert: readFileSync(cert), key: readFileSync(key), minVersion: 'TLSv1.2' } as const;
    createSecureContext(context);
    return context;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    throw new SecretUnavailable(`the certificate ${cert} with the key ${key} cannot be used: ${code}`);
  }
}

/**
 * Lets a server use a renewed certificate: when the files change, and when asked. What cannot be used is logged and the one
 * before stays. The returned `stop` ends the watch.
 */
export function followTls(
  server: Pick<Server, 'setSecureContext'>,
  files: TlsFiles,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): { readonly reload: () => void; readonly stop: () => void } {
  let seen = stampOf(files);
  let cancel = () => {};
  const reload = (): void => {
    seen = stampOf(files);
    try {
      server.setSecureContext(readTls(files));
      log.info('tls.reloaded');
    } catch (error) {
      log.error('tls.failed', {
        reason: error instanceof SecretUnavailable ? error.reason : describeFault(error),
      });
    }
  };
  const look = (): void => {
    if (stampOf(files) !== seen) reload();
    cancel = clock.after(LOOK_MS, look);
  };
  cancel = clock.after(LOOK_MS, look);
  return { reload, stop: () => cancel() };
}

/** Changes when one of the files is written or replaced. */
function stampOf({ cert, key }: TlsFiles): string {
  return [cert, key]
    .map((path) => {
      try {
        const { ino, mtimeMs, size } = statSync(path);
        return `${ino}:${mtimeMs}:${size}`;
      } catch (error) {
        // What is wrong with it is told when it is read; a watch ends no relay.
        return String((error as { code?: unknown }).code);
      }
    })
    .join(' ');
}
