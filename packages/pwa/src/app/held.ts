import { fail, isErrorCode, ok } from '@rukun/core/foundation';
import { parseDocumentName, type HeldEdit, type HeldEdits } from '@rukun/core/protocol';
import type { HeldControl } from './app.ts';
import { isHistoryValue } from './past.ts';
import type { RelayClient } from './relay-client.ts';

/** What is held back until somebody decides, asked of the relay and checked; nothing of it is kept on the device. */
export function openHeld(client: Pick<RelayClient, 'ask' | 'tell'>): HeldControl {
  return {
    async list(state) {
      const answer = await client.ask(`/api/quarantine?state=${state}`);
      if (!answer.ok) return answer;
      return isHeldEdits(answer.value) ? ok(answer.value) : fail('malformed');
    },
    async decide(number, decision) {
      const answer = await client.tell('POST', `/api/quarantine/${number}`, { decision });
      return answer.ok ? ok(null) : answer;
    },
  };
}

function isHeldEdits(value: unknown): value is HeldEdits {
  const { edits, more } = recordOf(value);
  return Array.isArray(edits) && edits.every(isHeldEdit) && typeof more === 'boolean';
}

function isHeldEdit(value: unknown): value is HeldEdit {
  const { number, receivedAt, document, area, head, by, byName, entries, problem, reason } = recordOf(value);
  return (
    typeof number === 'number' &&
    typeof receivedAt === 'number' &&
    parseDocumentName(document).ok &&
    [area, head, by, byName].every((text) => typeof text === 'string') &&
    (reason === 'late' || reason === 'revoked') &&
    (problem === null || isErrorCode(problem)) &&
    Array.isArray(entries) &&
    entries.every(isEntry)
  );
}

function isEntry(value: unknown): boolean {
  const { path, value: written, before, at } = recordOf(value);
  return (
    typeof path === 'string' && isHistoryValue(written) && isHistoryValue(before) && typeof at === 'number'
  );
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
