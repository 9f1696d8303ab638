import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { readSnapshot, type HouseholdSnapshot } from '@rukun/core/household';
import { Scratch } from '@rukun/core/sync';

/** What stands on the relay's disk, read from the log alone: the truth. `only`: of these documents. */
export function householdsOnDisk(data: string, only?: ReadonlySet<string>): Map<string, HouseholdSnapshot> {
  const database = new DatabaseSync(join(data, 'rukun.sqlite'), { readOnly: true });
  try {
    const rows = database.prepare('SELECT document, "update" FROM log ORDER BY seq').all();
    const logs = new Map<string, Uint8Array[]>();
    for (const { document, update } of rows) {
      if (typeof document !== 'string' || !(update instanceof Uint8Array))
        throw new Error('an unknown row in the log');
      if (only && !only.has(document)) continue;
      const log = logs.get(document);
      if (log) log.push(update);
      else logs.set(document, [update]);
    }
    return new Map(
      [...logs]
        .filter(([document]) => document.startsWith('household/'))
        .map(([document, updates]) => [document, readSnapshot(Scratch.open(updates).doc)]),
    );
  } finally {
    database.close();
  }
}
