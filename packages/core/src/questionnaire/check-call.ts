/**
 * A named check with its parameters: what a rule asks for when a condition cannot say it. The list is closed; checks.ts holds
 * one function for each. Every check is about the question its rule hangs on.
 */
export type CheckCall =
  /** Another question holds an answer. */
  | { readonly check: 'answered'; readonly question: string }
  /** No required answer of these blocks that the officer owes is blank. */
  | { readonly check: 'nothing-missing'; readonly blocks: readonly string[] }
  /** Exactly so many digits. */
  | { readonly check: 'digits'; readonly length: number }
  /** The answer divided by that of another question lies in these limits. */
  | { readonly check: 'ratio'; readonly by: string; readonly min: number; readonly max: number }
  /** Not more than one of these codes is in the sum. */
  | { readonly check: 'at-most-one-of'; readonly codes: readonly string[] }
  /** The same name as on the family list, for a prelisted family. */
  | { readonly check: 'name-on-prelist' }
  /** The same name as the member with 409 code 1. */
  | { readonly check: 'name-of-head' }
  /** Letters of any script, spaces and . ' , - only. */
  | { readonly check: 'name-characters' }
  /** The number of members with 404 code 1 or 5. */
  | { readonly check: 'member-count' }
  /** Members are numbered 1 to n, each number once. */
  | { readonly check: 'sequence-in-family' }
  | { readonly check: 'one-head' }
  /** At most one member gives this code. */
  | { readonly check: 'at-most-one'; readonly code: string }
  | { readonly check: 'sex-differs-from-head' }
  /** At least so many years younger or older than the head. */
  | { readonly check: 'age-gap-to-head'; readonly side: 'younger' | 'older'; readonly years: number }
  /** The family has no other member (112 is 1), unless the settings call code 3 the residual. */
  | { readonly check: 'lives-alone' }
  /** The family has somebody the programme is meant for. */
  | { readonly check: 'programme-component' }
  | { readonly check: 'inside-fieldwork' }
  | { readonly check: 'not-before'; readonly question: string }
  | { readonly check: 'not-after'; readonly question: string }
  /** The completed years between the birth and the date of another question; 98 means 98 or older. */
  | { readonly check: 'age-fits-birth'; readonly birth: string; readonly at: string }
  /** A month between twelve months before the enumeration month and that month. */
  | { readonly check: 'period-inside-year'; readonly at: string }
  | { readonly check: 'age-for-schooling' }
  | { readonly check: 'grade-for-schooling' }
  | { readonly check: 'certificate-not-above-schooling' }
  | { readonly check: 'certificate-equals-schooling' }
  | { readonly check: 'nik-unique-in-family' }
  | { readonly check: 'nik-unused-elsewhere' }
  | { readonly check: 'nik-fits-birth'; readonly birth: string }
  | { readonly check: 'nik-fits-sex'; readonly sex: string }
  | { readonly check: 'nik-date' }
  | { readonly check: 'nik-serial' }
  | { readonly check: 'kk-date' }
  | { readonly check: 'number-province' }
  | { readonly check: 'phone-form' }
  | { readonly check: 'fix-taken' }
  | { readonly check: 'fix-accuracy' }
  | { readonly check: 'fix-inside-area' }
  | { readonly check: 'photo-taken' };

export type CheckName = CheckCall['check'];

/** The call of one name, with its parameters. */
export type CallOf<Name extends CheckName> = Extract<CheckCall, { readonly check: Name }>;
