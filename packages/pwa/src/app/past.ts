import { fail, ok, type Result } from '@rukun/core/foundation';
import type { DocumentName, HistoryEntry } from '@rukun/core/protocol';
import type { EnumerationSettings, Form } from '@rukun/core/questionnaire';
import { applyUpdate } from 'yjs';
import type { OpenHousehold, Past } from './app.ts';
import { PastDoc, PastHousehold } from './past-household.ts';
import type { RelayClient } from './relay-client.ts';

/** What looking back needs. */
export interface PastParts {
  readonly client: Pick<RelayClient, 'ask' | 'askBytes'>;
  readonly form: Form;
  settings(): EnumerationSettings;
}

/** What became of documents, asked of the relay and checked; nothing of it is kept on the device. */
export function openPast(parts: PastParts): Past {
  const { client, form } = parts;
  return {
    async history(document, path) {
      const query = path === undefined ? '' : `?path=${encodeURIComponent(path)}`;
      const answer = await client.ask(`/api/documents/${document}/history${query}`);
      if (!answer.ok) return answer;
      const { value } = answer;
      return Array.isArray(value) && value.every(isEntry) ? ok(value) : fail('malformed');
    },
    async at(document, commit) {
      const answer = await client.askBytes(`/api/documents/${document}/at/${commit}`);
      return answer.ok ? read(document, answer.value, form, parts.settings()) : answer;
    },
  };
}

function read(
  document: DocumentName,
  update: Uint8Array,
  form: Form,
  settings: EnumerationSettings,
): Result<OpenHousehold> {
  const doc = new PastDoc({ gc: false });
  try {
    applyUpdate(doc, update);
  } catch {
    return fail('malformed');
  }
  return ok(new PastHousehold(document, doc, form, settings));
}

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<Record<keyof HistoryEntry, unknown>>;
  return (
    typeof entry.path === 'string' &&
    isHistoryValue(entry.value) &&
    isHistoryValue(entry.before) &&
    typeof entry.by === 'string' &&
    [entry.at, entry.receivedAt, entry.commit].every((number) => typeof number === 'number')
  );
}

/** Whether it is a plain value, as a history has them. */
export function isHistoryValue(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
