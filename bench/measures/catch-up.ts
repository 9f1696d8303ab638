import type { Centre, Phone } from '../contenders/contender.ts';
import { generateHouseholds } from '../documents/households.ts';
import { ShapedLink, type LinkShape } from '../link/shaped-link.ts';
import { within } from '../machine/patience.ts';
import type { Figures, Line, Measure } from './measure.ts';

const EDGE: LinkShape = { name: 'EDGE', rttMs: 300, upKbit: 100, downKbit: 200 };
const THIRD_GENERATION: LinkShape = { name: '3G', rttMs: 100, upKbit: 750, downKbit: 1600 };
const GIVE_UP_MS = 600_000;
const QUESTION = '107';

const STEPS = [
  { key: 'new', what: '200 recorded, all sent', budget: { s: 9, up: 100 } },
  { key: 'again', what: 'again, nothing changed', budget: { up: 1, turns: 1 } },
  { key: 'ten', what: '10 changed at the centre', budget: {} },
] as const;

/** The officer's return from the field: 200 households recorded offline, then nothing, then ten changed by the centre. */
export const catchUp: Measure = {
  letter: 'a',
  title: "The officer's catch-up over a bad link",
  lines: [EDGE, THIRD_GENERATION].flatMap(linesOf),
  async take(contender, scale) {
    const figures: Record<string, number> = {};
    for (const shape of [EDGE, THIRD_GENERATION]) {
      const centre = await contender.open();
      try {
        Object.assign(figures, await over(centre, shape, scale.of(200, 20), scale.of(10, 2)));
      } finally {
        await centre.close();
      }
    }
    return figures;
  },
};

async function over(centre: Centre, shape: LinkShape, count: number, changed: number): Promise<Figures> {
  const { area, person } = centre;
  const households = generateHouseholds(count, { area, person, prefix: 'field', seed: 20_261_122 });
  const [phone, office] = [await centre.phone(), await centre.phone()];
  const figures: Record<string, number> = {};
  const step = async (name: string): Promise<void> => {
    const link = await ShapedLink.open(centre.port, shape);
    try {
      const begun = performance.now();
      await within(GIVE_UP_MS, `${shape.name} ${name}`, phone.catchUp(link.port));
      const { up, down, connections, turns, depth } = link.traffic();
      const seconds = (performance.now() - begun) / 1000;
      const found = { s: seconds, up: up / 1000, down: down / 1000, turns, depth, connections };
      for (const [key, value] of Object.entries(found)) figures[`${shape.name} ${name} ${key}`] = value;
    } finally {
      await link.close();
    }
  };
  try {
    await phone.catchUp(centre.port);
    for (const household of households) await phone.record(household);
    await step('new');
    office.expect(households.map(({ document }) => document));
    await office.catchUp(centre.port);
    await same(office, households.at(-1)?.document ?? '', households.at(-1)?.answers['family']?.[QUESTION]);
    await step('again');
    for (const { document } of households.slice(0, changed)) await office.edit(document, QUESTION, 'DIUBAH');
    await office.catchUp(centre.port);
    await step('ten');
    await same(phone, households[changed - 1]?.document ?? '', 'DIUBAH');
  } finally {
    await phone.close();
    await office.close();
  }
  return figures;
}

/** A measure of something that did not happen is none. */
async function same(phone: Phone, document: string, value: unknown): Promise<void> {
  const found = await phone.answer(document, QUESTION);
  if (found !== value) throw new Error(`${document} has ${String(found)} where ${String(value)} was written`);
}

function linesOf({ name }: LinkShape): Line[] {
  return STEPS.flatMap(({ key, what, budget }) => {
    const at = (end: string): string => `${name} ${key} ${end}`;
    const limits: { s?: number; up?: number; turns?: number } =
      name === EDGE.name || key === 'again' ? budget : {};
    const limited = (line: Line, limit: number | undefined): Line =>
      limit === undefined ? line : { ...line, budget: limit };
    return [
      limited({ key: at('s'), what: `${name}: ${what}`, unit: 's', better: 'less' }, limits.s),
      limited({ key: at('up'), what: '  bytes up', unit: 'KB', better: 'less' }, limits.up),
      { key: at('down'), what: '  bytes down', unit: 'KB', better: 'less' },
      limited(
        { key: at('turns'), what: '  round trips, all connections', unit: '', better: 'less' },
        limits.turns,
      ),
      { key: at('depth'), what: '  round trips, one after another', unit: '', better: 'less' },
      { key: at('connections'), what: '  connections', unit: '', better: 'less' },
    ];
  });
}
