import type { Centre, Contender } from '../contenders/contender.ts';
import { generateHouseholds, type GeneratedHousehold } from '../documents/households.ts';

/** Stores households at a centre, to be opened live. */
async function storeHouseholds(centre: Centre, count: number): Promise<GeneratedHousehold[]> {
  const { area, person } = centre;
  const households = generateHouseholds(count, { area, person, prefix: 'room', seed: 5 });
  const phone = await centre.phone();
  await phone.catchUp(centre.port);
  for (const household of households) await phone.record(household);
  await phone.catchUp(centre.port);
  await phone.close();
  return households;
}

/** Opens a centre with `count` households stored, hands both on, and closes it whatever happens. */
export async function withHouseholds<T>(
  contender: Contender,
  count: number,
  use: (centre: Centre, documents: readonly string[]) => Promise<T>,
): Promise<T> {
  const centre = await contender.open();
  try {
    const households = await storeHouseholds(centre, count);
    return await use(
      centre,
      households.map(({ document }) => document),
    );
  } finally {
    await centre.close();
  }
}
