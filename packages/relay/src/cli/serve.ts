import type { RelayConfig } from '../config/config.ts';
import { createRelay, type Relay } from '../server.ts';
import { StorageUnavailable } from '../storage/storage.ts';
import { signInTable } from './sign-in-table.ts';

/** Starts a relay and ends it on SIGTERM or SIGINT. The first line on stdout is `listening http://localhost:PORT`. */
export async function serve(config: RelayConfig): Promise<number | null> {
  let relay: Relay;
  try {
    relay = createRelay(config);
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    console.error(`cannot open ${config.data}: ${error.reason}`);
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

function endOnSignal(relay: Relay): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void relay.close().then(() => process.exit(0));
    });
  }
}
