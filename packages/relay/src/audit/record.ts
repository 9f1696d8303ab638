import type { StorageWriter } from '../storage/storage.ts';
import { toEntry } from './entry.ts';
import type { AuditEvent } from './events.ts';

/**
 * Puts an event into the audit log, in the transaction that does what it tells of: either both are stored or neither. What
 * anybody can cause is told in full up to a rate for each source; beyond, it is counted.
 */
export function recordEvent(writer: Pick<StorageWriter, 'appendAudit'>, event: AuditEvent): void {
  writer.appendAudit(toEntry(event));
}
