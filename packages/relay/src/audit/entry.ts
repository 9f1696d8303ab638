import type { DocumentName } from '@rukun/core/protocol';
import type { AuditEvent, AuditKind } from './events.ts';

type Detail = string | number | readonly (string | number)[];

/** An event as it is kept: in columns what is asked for, the rest as canonical JSON. */
export interface NewAuditEntry {
  readonly kind: AuditKind;
  readonly person: string;
  readonly device: string;
  /** A document, a person or a device; '' if there is none. */
  readonly subject: string;
  /** A code of the closed list, or ''. */
  readonly code: string;
  readonly details: Readonly<Record<string, Detail>>;
  /** Of a `read`: what was sent, in order, each once. */
  readonly documents: readonly DocumentName[];
  /** Whose rate it counts against, if it is throttled; never kept as it is. */
  readonly source: string;
  /** Whether a name for the source is kept with it, so that attempts of one can be told from those of others. */
  readonly namesSource: boolean;
}

/** Bounds of what an entry may hold, since refused paths come from whoever sent them. */
const LONGEST_TEXT = 96;
const MOST_LISTED = 10;

/** Makes an entry of an event. A text that is no id, code or path is not kept: `?` stands for it. */
export function toEntry(event: AuditEvent): NewAuditEntry {
  const {
    kind,
    person = '',
    device = '',
    subject = '',
    code = '',
    documents,
    source,
    ...details
  } = event as AuditEvent & {
    person?: string;
    device?: string;
    subject?: string;
    code?: string;
    documents?: readonly DocumentName[] | number;
    source?: string;
  };
  const isList = typeof documents === 'object';
  const counted = typeof documents === 'number' ? { ...details, documents } : details;
  return {
    kind,
    person: clean(person),
    device: clean(device),
    subject: clean(subject),
    code,
    details: counted,
    documents: isList ? [...new Set(documents)].sort() : [],
    source: source ?? (device || person),
    namesSource: source !== undefined,
  };
}

/** JSON of an object with its keys in order. */
export function canonicalJson(object: Readonly<Record<string, Detail>>): string {
  const cleaned = Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, cleanDetail(value)] as const);
  return JSON.stringify(Object.fromEntries(cleaned));
}

function cleanDetail(value: Detail): Detail {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return value;
  return value.slice(0, MOST_LISTED).map((each) => (typeof each === 'string' ? clean(each) : each));
}

function clean(text: string): string {
  return text.length <= LONGEST_TEXT && /^[\w./:-]*$/.test(text) ? text : '?';
}
