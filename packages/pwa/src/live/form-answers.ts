import { bestFix, type HouseholdSnapshot, type Value } from '@rukun/core/household';
import type { Answer, FormAnswers } from '@rukun/core/questionnaire';

/** The household as the questionnaire sees it: members who are removed or erased left out, the fix that counts. */
export function formAnswersOf(snapshot: HouseholdSnapshot): FormAnswers {
  const fix = bestFix(snapshot.fixes);
  return {
    family: answersOf(snapshot.answers),
    members: snapshot.members
      .filter((member) => member.removed === null && !member.isErased)
      .map((member) => ({ id: member.id, answers: answersOf(member.answers) })),
    fix: fix && { latitude: fix.latitude, longitude: fix.longitude, accuracyMetres: fix.accuracyMetres },
    // Photographs come with their own issue.
    photoCount: 0,
    prelist: snapshot.prelistHead === null ? null : { headName: snapshot.prelistHead },
  };
}

function answersOf(values: Readonly<Record<string, Value>>): Record<string, Answer | null> {
  const answers: Record<string, Answer | null> = {};
  for (const [question, value] of Object.entries(values))
    if (typeof value !== 'boolean') answers[question] = value;
  return answers;
}
