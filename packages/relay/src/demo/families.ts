import type { Random } from '@rukun/core/foundation';
import type { DayNumber } from './calendar.ts';
import { between, oneOf } from './chance.ts';
import { AREA_PLANS, type AreaPlan } from './layout.ts';
import { STREETS } from './names.ts';
import { createNumberIssuer } from './numbers.ts';
import { drawName, drawSex } from './person-name.ts';
import type { DemoArea, DemoFamily } from './types.ts';

const YEAR_DAYS = 365.25;
const YOUNGEST_HEAD = 20;
const OLDEST_HEAD = 85;
/** Family cards have been printed anew at every change, so few are older. */
const OLDEST_CARD_YEARS = 15;

/**
 * Divides `total` over the areas by their shares: at least one each, the rest by largest remainder, so that the sum is
 * exact.
 */
export function divideFamilies(total: number): readonly number[] {
  const shares = AREA_PLANS.map((plan) => plan.share);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => 1 + ((total - shares.length) * share) / whole);
  const counts = exact.map(Math.floor);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % 1 }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  const missing = total - counts.reduce((sum, count) => sum + count, 0);
  for (const { index } of byRemainder.slice(0, missing)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** Draws the family list of all areas; `counts` has the number of families per area, in the order of the plans. */
export function drawFamilies(
  random: Random,
  areas: readonly DemoArea[],
  counts: readonly number[],
  districtCode: string,
  today: DayNumber,
): DemoFamily[] {
  const issuer = createNumberIssuer(districtCode);
  const families: DemoFamily[] = [];
  for (const [index, plan] of AREA_PLANS.entries()) {
    const areaId = areas[index]?.id;
    if (areaId === undefined) throw new Error('an area plan without an area');
    for (let count = counts[index] ?? 0; count > 0; count -= 1) {
      const sex = drawSex(random);
      const born = drawBirth(random, today);
      families.push({
        prelistNumber: families.length + 1,
        areaId,
        headName: drawName(random, sex),
        address: drawAddress(random, plan),
        kk: issuer.kk(drawRecording(random, born, today)),
        headNik: issuer.nik(born, sex),
      });
    }
  }
  return families;
}

function drawBirth(random: Random, today: DayNumber): DayNumber {
  // The mean of two draws: most heads are neither very young nor very old.
  const part = (random.next() + random.next()) / 2;
  const age = YOUNGEST_HEAD + part * (OLDEST_HEAD - YOUNGEST_HEAD);
  return Math.floor(today - age * YEAR_DAYS);
}

function drawRecording(random: Random, born: DayNumber, today: DayNumber): DayNumber {
  const adult = Math.ceil(born + (YOUNGEST_HEAD - 1) * YEAR_DAYS);
  const oldestCard = Math.ceil(today - OLDEST_CARD_YEARS * YEAR_DAYS);
  return between(random, Math.max(adult, oldestCard), today - 1);
}

function drawAddress(random: Random, plan: AreaPlan): string {
  if (random.next() < 0.5) return plan.name;
  return `JL. ${oneOf(random, STREETS)}, NO. ${between(random, 1, 150)}, ${plan.name}`;
}
