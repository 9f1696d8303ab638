import { localDate, yearMonth, type LocalDate, type YearMonth } from '../foundation/dates.ts';

/**
 * What is uncertain about the instrument or changes from one enumeration to the next (regsosek.md section 9). Handed in
 * with every evaluation; nothing in this folder assumes a year.
 */
export interface EnumerationSettings {
  /** First and last day of fieldwork; 201 outside it is a warning. */
  readonly fieldwork: { readonly from: LocalDate; readonly to: LocalDate };
  /**
   * First and last month a 501 period may name, used when 201 is blank or in these months. Otherwise, and with null, the
   * months are the enumeration month and the twelve before it.
   */
  readonly periodWindow: { readonly from: YearMonth; readonly to: YearMonth } | null;
  /** NIK values that stand for "has none", "foreigner" and the like. The values of 2022 were not found. */
  readonly specialNiks: readonly string[];
  /** 310 is asked of everybody (as printed), not only with 309a 1-3 (as the public validator has it). */
  readonly disposalAskedOfAll: boolean;
  /** Cap of 302 in square metres. 998 for "998 or more" is habit, not found. */
  readonly maxFloorArea: number;
  /** A fix less accurate than this many metres is a warning. */
  readonly lowAccuracyMetres: number;
  /** Questions whose blanks still block when 205 is 2-5. */
  readonly blockingWhenNotComplete: readonly string[];
  /** What 429 code 3 means: `lives-alone` as labelled (then rule 429-3 holds), or the `residual` code. */
  readonly caregiverCode3: 'lives-alone' | 'residual';
}

/** Settings that are a switch. */
export type SwitchSetting = 'disposalAskedOfAll';

/** Settings that are a number. */
export type NumberSetting = 'maxFloorArea';

/** The enumeration of 2022: fieldwork 15 October to 14 November, 501 periods October 2021 to October 2022. */
export const settings2022: EnumerationSettings = {
  fieldwork: { from: localDate('2022-10-15'), to: localDate('2022-11-14') },
  periodWindow: { from: yearMonth('2021-10'), to: yearMonth('2022-10') },
  specialNiks: [],
  disposalAskedOfAll: false,
  maxFloorArea: 997,
  lowAccuracyMetres: 20,
  blockingWhenNotComplete: [
    '101',
    '102',
    '103',
    '104',
    '105',
    '106',
    '107',
    '108',
    '109',
    '110',
    '201',
    '202',
    '202k',
    '205',
    '601',
  ],
  caregiverCode3: 'lives-alone',
};

/** Settings of another enumeration: those of 2022 with the given ones in their place. */
export function enumerationSettings(changes: Partial<EnumerationSettings> = {}): EnumerationSettings {
  return { ...settings2022, ...changes };
}
