import type { InstantMs } from '@rukun/core/foundation';

/** Removes what is past its time; each returns how many rows it was. Bytes of what goes are overwritten. */
export interface RetentionWriter {
  /** Refused updates that came before. */
  refused(before: InstantMs): number;
  /** Edits put aside of which was decided before; those that wait stay. */
  decided(before: InstantMs): number;
  /** Sign-ins of devices that ended before; the devices stay, since client ids belong to them. */
  sessions(before: InstantMs, isRevoked: boolean): number;
  /** Counters of failed sign-ins whose latest was before. */
  signIns(before: InstantMs): number;
}
