/** Names of the settings kept in the storage's `meta` table. */
export const SETTINGS = {
  /** Random; cursors and positions belong to it. */
  epoch: 'epoch',
  /** InstantMs at which it began. */
  epochBeganAt: 'epoch_began_at',
  /** 'true' where it began by a restore: edits that were acknowledged later than the backup may only be on devices. */
  epochIsRecovery: 'epoch_is_recovery',
  /** The client id the relay writes under in this epoch. */
  relayClient: 'relay_client',
  /** Those of earlier epochs, a JSON list, oldest first. */
  formerRelayClients: 'former_relay_clients',
  /** LocalDate, first and last day of the enumeration. */
  enumerationFrom: 'enumeration_from',
  enumerationTo: 'enumeration_to',
  /** InstantMs at which what is past its time was removed last. */
  retentionRanAt: 'retention_ran_at',
  /** 'true' once the file was rewritten under the rule that what is deleted is overwritten. */
  isSwept: 'is_swept',
  /** Days in which what a former officer of an area wrote before the change still arrives; absent: 14. */
  graceDays: 'grace_days',
  /** Id of the recovery key that devices seal to. */
  recoveryKey: 'recovery_key',
  /** 'true' where the people and families are made up. */
  isDemo: 'is_demo',
} as const;
