import { within } from '../machine/patience.ts';
import type { Sitting } from './contender.ts';

const GIVE_UP_MS = 60_000;

/**
 * Resolves once a document that is being opened has its content; some servers say that they are in step before they have
 * read it. The sitting is closed.
 */
export async function untilContent(opening: Promise<Sitting>): Promise<void> {
  const sitting = await opening;
  const answers = sitting.doc.getMap('answers');
  const arrived = new Promise<void>((resolve) => {
    if (answers.has('101')) resolve();
    else answers.observe(() => answers.has('101') && resolve());
  });
  await within(GIVE_UP_MS, 'the content of a document', arrived);
  sitting.close();
}
