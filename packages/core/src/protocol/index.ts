export { PROTOCOL_VERSION } from './version.ts';
export { LIMITS } from './limits.ts';
export { digestOfDocument } from './document-digest.ts';
export {
  DOCUMENT_KINDS,
  kindOf,
  parseDocumentName,
  type DocumentKind,
  type DocumentName,
} from './document-name.ts';
export {
  decodeExchangeAnswer,
  decodeExchangeRequest,
  encodeExchangeAnswer,
  encodeExchangeRequest,
  type Change,
  type ErasureNotice,
  type ExchangeAnswer,
  type ExchangeItem,
  type ExchangeRequest,
  type Feed,
  type Receipt,
} from './exchange-messages.ts';
export {
  decodeHandIn,
  encodeHandIn,
  SEAL_BYTES,
  type HandIn,
  type HandInAnswer,
  type SealedItem,
} from './hand-in-messages.ts';
export type { TimeMark } from './time-marks.ts';
export {
  AUDIT_BUCKETS,
  decodeAuditAnswer,
  decodeAuditRequest,
  encodeAuditAnswer,
  encodeAuditRequest,
  FINGERPRINT_BYTES,
  type AuditAnswer,
  type AuditRequest,
} from './audit-messages.ts';
export {
  decodeRoomMessage,
  encodeRoomMessage,
  ROOM_MESSAGE,
  SUBPROTOCOLS,
  SYNC_MESSAGE,
  type RoomMessage,
} from './room-messages.ts';
export type {
  AreaInfo,
  DeviceInfo,
  ErrorBody,
  DocumentMoment,
  DocumentReader,
  HistoryEntry,
  Me,
  PasswordRequest,
  PersonInfo,
  ReadingWay,
  RecoveryKeyInfo,
  RefreshRequest,
  ResetAnswer,
  SignInAnswer,
  SignInRequest,
  TicketAnswer,
  TicketRequest,
  TokenAnswer,
  VaultKeyAnswer,
  VaultKeyRequest,
} from './session-messages.ts';
export {
  decodeRescueContents,
  decodeRescueFile,
  encodeRescueContents,
  encodeRescueFile,
  RESCUE,
  rescueSealedHead,
  type RescueContents,
  type RescuedDocument,
  type RescuedRefusal,
  type RescueHead,
} from './rescue-file.ts';
export {
  QUARANTINE_DECISIONS,
  type HeldEdit,
  type HeldEdits,
  type QuarantineDecision,
} from './quarantine-messages.ts';
