import type { Contender } from '../contenders/contender.ts';
import { gaps, hugeUpdate } from '../documents/edits.ts';
import { pause } from '../machine/patience.ts';
import { forgetPeak, peakBytes, residentBytes } from '../machine/process-stats.ts';
import { Attacker, type Attack } from './attacker.ts';
import { Probe } from './probe.ts';
import { withHouseholds } from './rooms.ts';
import type { Figures, Line, Measure } from './measure.ts';

const GAPS = 10_000;
const HUGE_BYTES = 64 * 1024 * 1024;
/** A client that asks so often for a document of some 6 KB, and reads nothing of it. */
const ASKED = 10_000;
const HELD_MS = 15_000;

/** One client means harm, signed in like any other; the others are in another room. */
export const hostile: Measure = {
  letter: 'g',
  title: 'A hostile client',
  lines: [
    stall('gaps', "10,000 clock gaps: another room's longest wait"),
    atMost('huge', '64 MB message: memory at most'),
    held('huge'),
    stall('huge', "  another room's longest wait"),
    atMost('unread', '10,000 answers never read: memory at most'),
    held('unread'),
    stall('unread', "  another room's longest wait"),
  ],
  async take(contender, scale) {
    const attacked = (attack: Attack): Promise<Figures> => under(contender, attack);
    const gapped = await attacked({ reads: true, updates: gaps(scale.of(GAPS, 1_000)), asks: 0 });
    const huge = await attacked({ reads: true, updates: [hugeUpdate(HUGE_BYTES)], asks: 0 });
    const unread = await attacked({ reads: false, updates: [], asks: scale.of(ASKED, 1_000) });
    return { ...named('gaps', gapped), ...named('huge', huge), ...named('unread', unread) };
  },
};

function named(attack: string, figures: Figures): Figures {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [`${attack} ${key}`, value]));
}

/** A fresh server, two people at work in one room, and the attack in another. */
function under(contender: Contender, attack: Attack): Promise<Figures> {
  return withHouseholds(contender, 2, async (centre, [quiet = '', attacked = '']) => {
    const { pid } = centre.server;
    const probe = new Probe(await centre.sit(quiet), await centre.sit(quiet));
    const attacker = await Attacker.atTheDoor(await centre.door(attacked), attack);
    // All have settled, and the path is warm.
    await pause(3_000);
    probe.forget();
    const before = residentBytes(pid);
    forgetPeak(pid);
    attacker.begin();
    await probe.calm();
    const stall = probe.longest;
    await pause(HELD_MS);
    const figures = {
      stall,
      peak: (peakBytes(pid) - before) / 1e6,
      held: (residentBytes(pid) - before) / 1e6,
    };
    await attacker.end();
    probe.close();
    return figures;
  });
}

function stall(attack: string, what: string): Line {
  return { key: `${attack} stall`, what, unit: 'ms', better: 'less', budget: 50 };
}

function atMost(attack: string, what: string): Line {
  return { key: `${attack} peak`, what, unit: 'MB', better: 'less', budget: 10 };
}

function held(attack: string): Line {
  const what = `  still held ${HELD_MS / 1000} s later`;
  return { key: `${attack} held`, what, unit: 'MB', better: 'less', budget: 10 };
}
