import { stockName } from '../documents/households.ts';
import { residentBytes } from '../machine/process-stats.ts';
import type { Measure } from './measure.ts';

const DOCUMENTS = 200_000;

/** A server that comes back with a district's families stored, up to its first answer out of a document. */
export const coldStart: Measure = {
  letter: 'e',
  title: `Cold start with ${DOCUMENTS.toLocaleString('en')} prelisted families stored`,
  lines: [
    { key: 's', what: 'until it has served a stored document', unit: 's', better: 'less' },
    { key: 'rss', what: '  memory then', unit: 'MB', better: 'less' },
  ],
  async take(contender, scale) {
    const documents = scale.of(DOCUMENTS, 2_000);
    const centre = await contender.openStocked(documents);
    try {
      await centre.server.stop();
      const begun = performance.now();
      await centre.start();
      await centre.fetch(stockName(documents >> 1));
      return { s: (performance.now() - begun) / 1000, rss: residentBytes(centre.server.pid) / 1e6 };
    } finally {
      await centre.close();
    }
  },
};
