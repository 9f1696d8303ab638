import type { DocumentName } from '@rukun/core/protocol';
import { readHistory } from '../../../packages/relay/src/history/history.ts';
import type { OpenedRelay } from '../support/open-relay.ts';

/** Under whose names answers to a question are in the log, the relay's own left out. */
export function recordedUnder({ storage }: OpenedRelay, document: DocumentName, question: string): string[] {
  const log = storage.read((reader) => reader.log(document));
  return readHistory(log, `answers/${question}`)
    .map(({ by }) => by)
    .filter((by) => by !== '');
}
