export { passingRecoveryKeys, type RecoveryKeys } from './auth/recovery-key.ts';
export { createRelay, type Relay } from './server.ts';
export { DEVELOPMENT, type RelayConfig } from './config/config.ts';
export type { NetworkConfig } from './config/network.ts';
export type { GivenParts, RelayContext } from './context.ts';
export { SqliteStorage } from './storage/sqlite/sqlite-storage.ts';
export {
  StorageUnavailable,
  type Storage,
  type StorageReader,
  type StorageWriter,
} from './storage/storage.ts';
