import { auditKeysFrom } from '../audit/keys.ts';
import { recoveryKeysFrom } from '../auth/recovery-key.ts';
import type { RelayConfig } from '../config/config.ts';
import { productionFaults } from '../config/production.ts';
import { SecretUnavailable, type SecretName } from '../config/secrets.ts';
import { secretsOf } from '../context.ts';
import { systemRandom } from '../monitoring/system.ts';
import { createRelay, type Relay } from '../server.ts';
import { SETTINGS } from '../storage/settings.ts';
import { peekSetting } from '../storage/sqlite/peek.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { signInTable } from './sign-in-table.ts';

/** Starts a relay and ends it on SIGTERM or SIGINT; SIGHUP reads the certificate anew. The first line on stdout is `listening http://localhost:PORT`. */
export async function serve(config: RelayConfig): Promise<number | null> {
  let relay: Relay;
  try {
    const faults = config.production ? faultsOf(config) : [];
    if (faults.length > 0) {
      console.error(`not fit for production:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
      return 2;
    }
    relay = createRelay(config);
  } catch (error) {
    if (error instanceof SecretUnavailable) console.error(`cannot start: ${error.reason}`);
    else if (error instanceof StorageUnavailable)
      console.error(`cannot open ${config.data}: ${error.reason}`);
    else throw error;
    return 1;
  }
  endOnSignal(relay);
  try {
    const { url } = await relay.listen();
    console.log(`listening ${url}`);
  } catch (error) {
    const { code } = error as { code?: unknown };
    await relay.close();
    if (typeof code !== 'string') throw error;
    console.error(`cannot listen on ${config.host}:${config.port}: ${code}`);
    return 1;
  }
  console.log(relay.context.storage.read(signInTable));
  return null;
}

function faultsOf(config: RelayConfig): readonly string[] {
  const secrets = secretsOf(config, systemRandom);
  const opened: Readonly<Record<SecretName, () => unknown>> = {
    'audit-key': () => auditKeysFrom(secrets),
    'recovery-key': () => recoveryKeysFrom(() => secrets.read('recovery-key')).current(),
  };
  return productionFaults(config, {
    secrets,
    open: (name) => void opened[name](),
    isDemo: () => peekSetting(config.data, SETTINGS.isDemo) === 'true',
  });
}

function endOnSignal(relay: Relay): void {
  process.on('SIGHUP', () => relay.reloadCertificate());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void relay.close().then(() => process.exit(0));
    });
  }
}
