import type { Check } from '../subject.ts';

export const fixTaken: Check<'fix-taken'> = ({ household }) => household.answers.fix !== null;

export const photoTaken: Check<'photo-taken'> = ({ household }) => household.answers.photoCount > 0;

/** G1-acc. */
export const fixAccuracy: Check<'fix-accuracy'> = ({ household }) => {
  const { fix } = household.answers;
  return fix === null ? undefined : fix.accuracyMetres <= household.settings.lowAccuracyMetres;
};

/** G1-area. Open when no boundary is loaded. */
export const fixInsideArea: Check<'fix-inside-area'> = ({ household }) => {
  const { fix } = household.answers;
  if (fix === null) return undefined;
  return household.surroundings.insideArea?.(fix) ?? undefined;
};
