import { generateHouseholds } from '../documents/households.ts';
import { ShapedLink, type LinkShape } from '../link/shaped-link.ts';
import { within } from '../machine/patience.ts';
import type { Measure } from './measure.ts';

/** "Slow 4G" as browsers' tools throttle to it. */
const SLOW_4G: LinkShape = { name: 'slow 4G', rttMs: 150, upKbit: 750, downKbit: 1600 };
const GIVE_UP_MS = 600_000;
const FAMILIES = 250;

/** A lost phone: a new one fetches what the officer had. The network's share of it; the phone's own work is not in it. */
export const restore: Measure = {
  letter: 'h',
  title: `${FAMILIES} families restored to a new phone over slow 4G, without the phone's own work`,
  lines: [
    { key: 's', what: 'time', unit: 's', better: 'less', budget: 20 },
    { key: 'down', what: '  bytes down', unit: 'KB', better: 'less' },
    { key: 'turns', what: '  round trips, all connections', unit: '', better: 'less' },
  ],
  async take(contender, scale) {
    const centre = await contender.open();
    const [old, fresh] = [await centre.phone(), await centre.phone()];
    try {
      const { area, person } = centre;
      const households = generateHouseholds(scale.of(FAMILIES, 20), {
        area,
        person,
        prefix: 'lost',
        seed: 7,
      });
      for (const household of households) await old.record(household);
      await old.catchUp(centre.port);
      fresh.expect(households.map(({ document }) => document));
      const link = await ShapedLink.open(centre.port, SLOW_4G);
      const begun = performance.now();
      await within(GIVE_UP_MS, 'restore', fresh.catchUp(link.port));
      const seconds = (performance.now() - begun) / 1000;
      const { down, turns } = link.traffic();
      await link.close();
      for (const { document, answers } of households) {
        const found = await fresh.answer(document, '107');
        if (found !== answers['family']?.['107']) throw new Error(`${document} was not restored`);
      }
      return { s: seconds, down: down / 1000, turns };
    } finally {
      await old.close();
      await fresh.close();
      await centre.close();
    }
  },
};
