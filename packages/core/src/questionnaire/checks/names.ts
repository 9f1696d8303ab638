import type { Answer } from '../definition.ts';
import type { Check } from '../subject.ts';

const NAME_CHARACTERS = /^[\p{L}\p{M} .',’-]+$/u;

function normalised(name: string): string {
  return name.trim().replaceAll(/\s+/g, ' ').toLocaleUpperCase('id-ID');
}

function sameName(a: Answer | undefined, b: Answer | undefined): boolean | undefined {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  return normalised(a) === normalised(b);
}

/** 108-vk1. Case and spaces do not count; a family found in the field has nothing to compare with. */
export const nameOnPrelist: Check<'name-on-prelist'> = ({ value, household }) =>
  sameName(value, household.answers.prelist?.headName);

/** 108-409. Open while there is no single head. */
export const nameOfHead: Check<'name-of-head'> = ({ value, household }) =>
  sameName(value, household.head()?.answer('402'));

/** 108-letters. Not only A-Z, which the public validators had wrong. */
export const nameCharacters: Check<'name-characters'> = ({ value }) =>
  typeof value === 'string' ? NAME_CHARACTERS.test(value) : undefined;
