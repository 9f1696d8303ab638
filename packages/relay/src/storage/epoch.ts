import type { InstantMs, Random } from '@rukun/core/foundation';
import { SETTINGS } from './settings.ts';
import type { StorageReader, StorageWriter } from './storage.ts';

export interface EpochBeginning {
  readonly at: InstantMs;
  /** By a restore: what was acknowledged after the backup may be nowhere but on devices. */
  readonly isRecovery: boolean;
}

/**
 * Begins an epoch: all cursors and positions devices hold count as none from now on, and the relay writes under a client
 * id it never used, so that it cannot write different things under one number. The earlier ones stay the relay's own.
 * Part of the transaction of `writer`.
 */
export function beginEpoch(writer: StorageWriter, random: Random, { at, isRecovery }: EpochBeginning): void {
  const former = writer.setting(SETTINGS.relayClient) === null ? [] : writer.relayClients();
  writer.setSetting(SETTINGS.formerRelayClients, JSON.stringify(former));
  writer.setSetting(SETTINGS.relayClient, String(drawClient(random, former)));
  writer.setSetting(SETTINGS.epoch, Buffer.from(random.bytes(12)).toString('hex'));
  writer.setSetting(SETTINGS.epochBeganAt, String(at));
  writer.setSetting(SETTINGS.epochIsRecovery, String(isRecovery));
}

/**
 * How long a restored relay takes what others' copies still have of it: a whole enumeration, since a phone may stay in the
 * field until its end.
 */
const RECOVERY_MS = 60 * 24 * 3_600_000;

/** Whether the relay was restored from a backup and may still lack what it acknowledged before. */
export function isRecovering(reader: StorageReader, now: InstantMs): boolean {
  if (reader.setting(SETTINGS.epochIsRecovery) !== 'true') return false;
  return now - Number(reader.setting(SETTINGS.epochBeganAt)) < RECOVERY_MS;
}

/**
 * Whether something written at that time may have been stored here once and lost since: the relay was restored, and it was
 * written before.
 */
export function mayHaveBeenLost(reader: StorageReader, writtenAt: InstantMs, now: InstantMs): boolean {
  return isRecovering(reader, now) && writtenAt < Number(reader.setting(SETTINGS.epochBeganAt));
}

function drawClient(random: Random, former: readonly number[]): number {
  for (;;) {
    const [client] = new Uint32Array(Uint8Array.from(random.bytes(4)).buffer);
    if (client !== undefined && !former.includes(client)) return client;
  }
}
