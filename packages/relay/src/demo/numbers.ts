import type { DayNumber } from './calendar.ts';
import { compactDay } from './calendar.ts';
import type { Sex } from './names.ts';

/**
 * Serials count the people registered in one kecamatan with one day of birth and stay far below this in life, so a
 * number of the demo is hardly that of a living person.
 */
const FIRST_SERIAL = 9001;
const LAST_SERIAL = 9999;

/** Gives out NIK and KK numbers of one kecamatan, each once. */
export interface NumberIssuer {
  nik(born: DayNumber, sex: Sex): string;
  kk(recorded: DayNumber): string;
}

/** An issuer for the kecamatan with this Home Ministry code (`71.02.19`). */
export function createNumberIssuer(kemendagriCode: string): NumberIssuer {
  const region = kemendagriCode.replaceAll('.', '');
  if (!/^\d{6}$/.test(region)) throw new RangeError(`not the code of a kecamatan: ${kemendagriCode}`);
  const issued = new Map<string, number>();
  // One sequence for both kinds: a KK number never equals a NIK either.
  const issue = (prefix: string): string => {
    const serial = (issued.get(prefix) ?? FIRST_SERIAL - 1) + 1;
    if (serial > LAST_SERIAL) throw new RangeError('no serial left for this day');
    issued.set(prefix, serial);
    return prefix + String(serial);
  };
  return {
    nik: (born, sex) => issue(region + compactDay(born, sex === 'female' ? 40 : 0)),
    kk: (recorded) => issue(region + compactDay(recorded)),
  };
}
