import type { Doc } from 'yjs';
import { ErasedPlaces, readErasures, type ErasureMark } from '../documents/index.ts';
import type { InstantMs } from '../foundation/index.ts';
import { idOfRoot, isValue, MEMBER_FIELDS, ROOTS, rootMap, rootsOf, type Value } from './schema.ts';
import { isEventType, type StatusEvent } from './status.ts';

export interface MemberSnapshot {
  readonly id: string;
  readonly order: string;
  /** Reason of the removal; null while the member belongs to the family. */
  readonly removed: string | null;
  /** Everything about this person was erased on lawful request: there is nothing to ask. */
  readonly isErased: boolean;
  readonly answers: Readonly<Record<string, Value>>;
}

export interface Remark {
  readonly id: string;
  /** `answers/303`, `member/k3f1/403`, or '' for the whole record. */
  readonly place: string;
  /** Key of the finding it justifies, or ''. */
  readonly rule: string;
  readonly text: string;
  readonly by: string;
  readonly at: InstantMs;
  readonly resolved: boolean;
}

export interface GeotagFix {
  readonly id: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Metres, as the browser reports it. */
  readonly accuracyMetres: number;
  readonly at: InstantMs;
  readonly by: string;
  /** How many positions were compared to find this one. */
  readonly readings: number;
  readonly manual: boolean;
  /** Why an inaccurate point was kept, or ''. */
  readonly reason: string;
  /** Somebody said that this is not the place of the dwelling. */
  readonly dropped: boolean;
}

/** What became of a household of which something was erased on lawful request. */
interface ErasedPart {
  readonly at: InstantMs;
  /** All of it, and not only members. */
  readonly isWhole: boolean;
  /** Whether anything had been answered on a device: what was a draft stays one. */
  readonly wasAnswered: boolean;
}

/** The whole household as plain data, for screens, checks, export and ranking. */
export interface HouseholdSnapshot {
  readonly schema: number;
  readonly form: string;
  /** Sub-SLS, 16 digits; '' if the document does not say. */
  readonly area: string;
  readonly origin: 'prelist' | 'added';
  readonly prelistHead: string | null;
  readonly prelistNumber: number | null;
  readonly answers: Readonly<Record<string, Value>>;
  /** In order; removed ones included. */
  readonly members: readonly MemberSnapshot[];
  readonly remarks: readonly Remark[];
  readonly events: readonly StatusEvent[];
  readonly fixes: readonly GeotagFix[];
  /** Null where nothing was erased. */
  readonly erased: ErasedPart | null;
}

/** Reads the whole document. What another version wrote in a form unknown here is left out, never a reason to throw. */
export function readSnapshot(doc: Doc): HouseholdSnapshot {
  const head = rootMap(doc, ROOTS.household);
  const erasures = readErasures(doc);
  const erased = new ErasedPlaces(erasures);
  return {
    schema: numberOr(head.get('schema'), 0),
    form: textOr(head.get('form'), ''),
    area: textOr(head.get('area'), ''),
    origin: head.get('origin') === 'prelist' ? 'prelist' : 'added',
    prelistHead: textOr(head.get('prelistHead'), null),
    prelistNumber: numberOr(head.get('prelistNumber'), null),
    answers: readValues(doc, ROOTS.answers),
    members: readEntities(doc, ROOTS.member, (id, values) => readMember(id, values, erased)).sort(byOrder),
    remarks: readEntities(doc, ROOTS.remark, readRemark).sort(byTime),
    events: readEntities(doc, ROOTS.event, readEvent).sort(byTime),
    fixes: readEntities(doc, ROOTS.fix, readFix).sort(byTime),
    erased: erasedPart(erasures),
  };
}

/** The status events alone, in no particular order. */
export function readEvents(doc: Doc): StatusEvent[] {
  return readEntities(doc, ROOTS.event, readEvent);
}

/** The fix that counts, of those nobody dropped: one placed by hand if there is one, else the most accurate. */
export function bestFix(all: readonly GeotagFix[]): GeotagFix | null {
  const fixes = all.filter((fix) => !fix.dropped);
  const manual = fixes.findLast((fix) => fix.manual);
  if (manual) return manual;
  return fixes.reduce<GeotagFix | null>(
    (best, fix) => (best === null || fix.accuracyMetres < best.accuracyMetres ? fix : best),
    null,
  );
}

function erasedPart(marks: readonly ErasureMark[]): ErasedPart | null {
  if (marks.length === 0) return null;
  return {
    at: Math.max(...marks.map(({ at }) => at)),
    isWhole: marks.some(({ member }) => member === null),
    wasAnswered: marks.some(({ isAnswered }) => isAnswered),
  };
}

function readMember(id: string, values: Record<string, Value>, erased: ErasedPlaces): MemberSnapshot {
  const { [MEMBER_FIELDS.order]: order, [MEMBER_FIELDS.removed]: removed, ...answers } = values;
  return {
    id,
    order: textOr(order, ''),
    removed: textOr(removed, null),
    isErased: erased.isClosed(ROOTS.member + id),
    answers,
  };
}

function readRemark(id: string, values: Record<string, Value>): Remark | null {
  const text = textOr(values['text'], '');
  if (text === '') return null;
  return {
    id,
    text,
    place: textOr(values['place'], ''),
    rule: textOr(values['rule'], ''),
    by: textOr(values['by'], ''),
    at: numberOr(values['at'], 0),
    resolved: values['resolved'] === true,
  };
}

function readEvent(id: string, values: Record<string, Value>): StatusEvent | null {
  const type = values['type'];
  if (!isEventType(type)) return null;
  return {
    id,
    type,
    by: textOr(values['by'], ''),
    at: numberOr(values['at'], 0),
    turn: numberOr(values['turn'], 0),
    reason: textOr(values['reason'], ''),
  };
}

function readFix(id: string, values: Record<string, Value>): GeotagFix | null {
  const latitude = numberOr(values['latitude'], null);
  const longitude = numberOr(values['longitude'], null);
  if (latitude === null || longitude === null) return null;
  return {
    id,
    latitude,
    longitude,
    accuracyMetres: numberOr(values['accuracy'], Number.MAX_SAFE_INTEGER),
    at: numberOr(values['at'], 0),
    by: textOr(values['by'], ''),
    readings: numberOr(values['readings'], 1),
    manual: values['manual'] === true,
    reason: textOr(values['reason'], ''),
    dropped: values['dropped'] === true,
  };
}

function readEntities<T>(
  doc: Doc,
  prefix: string,
  read: (id: string, values: Record<string, Value>) => T | null,
): T[] {
  const list: T[] = [];
  for (const root of rootsOf(doc, prefix)) {
    const id = idOfRoot(root, prefix);
    const entity = id === null ? null : read(id, readValues(doc, root));
    if (entity !== null) list.push(entity);
  }
  return list;
}

function readValues(doc: Doc, root: string): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [key, value] of rootMap(doc, root).entries()) if (isValue(value)) values[key] = value;
  return values;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

function numberOr<T>(value: unknown, otherwise: T): number | T {
  return typeof value === 'number' ? value : otherwise;
}

function byOrder(a: MemberSnapshot, b: MemberSnapshot): number {
  return a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1;
}

function byTime(a: { at: number; id: string }, b: { at: number; id: string }): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}
