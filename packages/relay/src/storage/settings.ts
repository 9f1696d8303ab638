/** Names of the settings kept in the storage's `meta` table, besides its own `epoch` and `relay_client`. */
export const SETTINGS = {
  /** LocalDate, first and last day of the enumeration. */
  enumerationFrom: 'enumeration_from',
  enumerationTo: 'enumeration_to',
  /** 'true' where the people and families are made up. */
  isDemo: 'is_demo',
} as const;
