import type { HouseholdSnapshot } from './snapshot.ts';

/** Questions that an import may have answered: they do not make a draft. */
const PRELISTED = new Set(['101', '102', '103', '104', '105', '106', '107', '108', '109', '110', '114']);

/** Whether anything was answered on a device, also if that was erased since: tells a draft from an open household. */
export function hasAnswers({ origin, answers, members, fixes, erased }: HouseholdSnapshot): boolean {
  if (erased?.wasAnswered === true) return true;
  if (origin === 'added' || members.length > 0 || fixes.length > 0) return true;
  return Object.entries(answers).some(([question, value]) => value !== null && !PRELISTED.has(question));
}
