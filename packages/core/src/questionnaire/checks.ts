import type { CheckName } from './check-call.ts';
import * as amounts from './checks/amounts.ts';
import * as building from './checks/building.ts';
import * as identity from './checks/identity.ts';
import * as names from './checks/names.ts';
import * as roster from './checks/roster.ts';
import * as schooling from './checks/schooling.ts';
import * as timing from './checks/timing.ts';
import type { Check } from './subject.ts';

/** Every named check, once. */
export const checks: { readonly [Name in CheckName]: Check<Name> } = {
  answered: amounts.answered,
  'nothing-missing': amounts.nothingMissing,
  digits: identity.digits,
  ratio: amounts.ratio,
  'at-most-one-of': amounts.atMostOneOf,
  'name-on-prelist': names.nameOnPrelist,
  'name-of-head': names.nameOfHead,
  'name-characters': names.nameCharacters,
  'member-count': roster.memberCount,
  'sequence-in-family': roster.sequenceInFamily,
  'one-head': roster.oneHead,
  'at-most-one': roster.atMostOne,
  'sex-differs-from-head': roster.sexDiffersFromHead,
  'age-gap-to-head': roster.ageGapToHead,
  'lives-alone': roster.livesAlone,
  'programme-component': roster.programmeComponent,
  'inside-fieldwork': timing.insideFieldwork,
  'not-before': timing.notBefore,
  'not-after': timing.notAfter,
  'age-fits-birth': timing.ageFitsBirth,
  'period-inside-year': timing.periodInsideYear,
  'age-for-schooling': schooling.ageForSchooling,
  'grade-for-schooling': schooling.gradeForSchooling,
  'certificate-not-above-schooling': schooling.certificateNotAboveSchooling,
  'certificate-equals-schooling': schooling.certificateEqualsSchooling,
  'nik-unique-in-family': identity.nikUniqueInFamily,
  'nik-unused-elsewhere': identity.nikUnusedElsewhere,
  'nik-fits-birth': identity.nikFitsBirthDate,
  'nik-fits-sex': identity.nikFitsSex,
  'nik-date': identity.nikDate,
  'nik-serial': identity.nikSerial,
  'kk-date': identity.kkDate,
  'number-province': identity.numberProvince,
  'phone-form': identity.phoneForm,
  'fix-taken': building.fixTaken,
  'fix-accuracy': building.fixAccuracy,
  'fix-inside-area': building.fixInsideArea,
  'photo-taken': building.photoTaken,
};
