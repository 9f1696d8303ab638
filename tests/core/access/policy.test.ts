import { describe, expect, test } from 'vitest';
import {
  mayKeep,
  mayRead,
  mayWrite,
  READING,
  STAGES,
  WRITING,
  type Actor,
  type DocumentFacts,
  type Stage,
  type Target,
} from '@rukun/core/access';
import { ROLES, type Role } from '@rukun/core/foundation';
import { EVENT_TYPES, STATES, type EventType, type StatusEvent } from '@rukun/core/household';
import { DOCUMENT_KINDS, type DocumentKind } from '@rukun/core/protocol';
import { CASES, cellOf, READING_OF, STAGES_OF, touchesOf, VECTOR_ROLES } from './vectors.ts';

const AREA = '7102990001000100';
const BOARD = 'board/7102990';
const KINDS = Object.keys(DOCUMENT_KINDS) as DocumentKind[];

function actor(role: Role, isIn = true): Actor {
  return {
    person: 'ani',
    role,
    areas: new Set(isIn ? [AREA] : []),
    former: new Map(),
    scope: isIn ? AREA : '9999',
    boards: new Set(isIn ? [BOARD] : []),
    tag: 'aka',
  };
}

function target(kind: DocumentKind): Target {
  return kind === 'board' ? { kind, area: '', name: BOARD } : { kind, area: AREA, name: `${kind}/h1` };
}

const KNOWN: Readonly<Record<string, string>> = {
  'remark/known/by': 'somebody',
  'fix/known/by': 'somebody',
  'event/known/by': 'somebody',
  'event/known/type': 'seen',
};

function facts(stage: Stage, events: readonly StatusEvent[] = [], isReturning = false): DocumentFacts {
  return {
    at: 0,
    stage: () => stage,
    value: (root, key) => KNOWN[`${root}/${key}`],
    events: () => events,
    isReturning: () => isReturning,
  };
}

const WRITER = { self: 'ani', tag: 'aka', id: 'aka7', struct: '5-0' };
const inStruct = (each: { root: string; key: string; value: unknown }) => ({ ...each, client: 1, clock: 0 });

describe('[AC1] the vectors of the table', () => {
  test('name every role, kind of document and stage there is', () => {
    expect(VECTOR_ROLES).toEqual(Object.keys(ROLES));
    expect(Object.keys(READING_OF)).toEqual(KINDS);
    expect(STAGES_OF).toEqual(STAGES);
  });

  test('name every group of fields in every stage in which somebody may write it', () => {
    const accepted = (role: Role, kind: DocumentKind, stage: Stage) =>
      CASES.filter((each) => each.role === role && each.row.document === kind && each.stage === stage).some(
        ({ expected }) => expected === 'a',
      );
    for (const kind of KINDS)
      for (const [group, row] of Object.entries(
        WRITING[kind] as Record<string, Record<Role, readonly Stage[]>>,
      ))
        for (const role of VECTOR_ROLES)
          for (const stage of row[role]) expect(accepted(role, kind, stage), `${kind} ${group}`).toBe(true);
  });

  test.each(VECTOR_ROLES)('what a %s may write', (role) => {
    const wrong = CASES.filter((each) => each.role === role).flatMap(({ row, stage, expected }) => {
      const touches = touchesOf(row, WRITER).map(inStruct);
      const failure = mayWrite(actor(role), target(row.document), touches, facts(stage));
      const cell = cellOf(failure?.code ?? null);
      return cell === expected ? [] : [`${row.what}, ${stage}: ${cell}, not ${expected}`];
    });
    expect(wrong).toEqual([]);
  });

  test.each(VECTOR_ROLES)('what a %s may read', (role) => {
    for (const kind of KINDS) {
      expect(READING[kind][role], kind).toBe(READING_OF[kind][role]);
      expect(mayRead(actor(role), target(kind)) === null, kind).toBe(READING_OF[kind][role] !== 'none');
      expect(mayKeep(actor(role), target(kind)), kind).toBe(READING_OF[kind][role] === 'kept');
    }
  });

  test.each(VECTOR_ROLES)('outside the own part a %s reads and writes nothing', (role) => {
    for (const kind of KINDS) {
      const elsewhere = kind === 'board' ? target(kind) : { ...target(kind), area: '7103010001000100' };
      expect(mayRead(actor(role, false), elsewhere), kind).toEqual({ code: 'forbidden' });
      expect(mayWrite(actor(role, false), elsewhere, [], facts(STAGES[kind][0] ?? 'any')), kind).toEqual({
        code: 'forbidden',
      });
    }
  });

  test('open and draft give the same rights, so that the relay need not tell them apart', () => {
    for (const row of Object.values(WRITING.household))
      for (const role of VECTOR_ROLES) expect(row[role].includes('open')).toBe(row[role].includes('draft'));
  });
});

describe('[AC2] a day that arrives at once', () => {
  const event = (id: string, type: EventType, turn: number) =>
    Object.entries({ type, by: 'ani', at: 1, turn, reason: '' }).map(([key, value]) =>
      inStruct({ root: `event/${id}`, key, value }),
    );
  const known = (type: EventType, turn: number): StatusEvent => ({
    id: `known${turn}`,
    type,
    by: 'x',
    at: 0,
    turn,
    reason: '',
  });
  const answer = inStruct({ root: 'answers', key: '303', value: '2' });
  const write = (
    role: Role,
    stage: Stage,
    touches: Parameters<typeof mayWrite>[2],
    before: StatusEvent[] = [],
  ) => mayWrite(actor(role), target('household'), touches, facts(stage, before));

  test('answers and the event that ended the day are taken as one', () => {
    expect(write('officer', 'draft', [answer, ...event('e1', 'submitted', 1)])).toBeNull();
    expect(write('officer', 'new', [answer, ...event('e1', 'submitted', 1)])).toBeNull();
  });

  test('withdrawn, corrected and submitted again', () => {
    const day = [...event('e2', 'withdrawn', 2), answer, ...event('e3', 'submitted', 3)];
    expect(write('officer', 'submitted', day, [known('submitted', 1)])).toBeNull();
  });

  test('answers of a second phone come back once the first has submitted, its own submitted does not', () => {
    const day = [answer, ...event('e2', 'submitted', 1)];
    expect(write('officer', 'submitted', day, [known('submitted', 1)])).toEqual({
      code: 'locked',
      paths: ['answers/303'],
    });
  });

  test('an approval is not undone by way of a withdrawal that counts as earlier', () => {
    const before = [known('submitted', 1), known('approved', 2)];
    const day = [...event('e2', 'withdrawn', 1), answer];
    const failure = write('officer', 'approved', day, before);
    expect(failure?.code).toBe('locked');
    expect(failure?.paths).toContain('answers/303');
    expect(failure?.paths).toContain('event/e2/type');
  });

  test('a return that arrives after an approval counts, an approval of what was withdrawn does not', () => {
    expect(
      write('supervisor', 'approved', event('e3', 'returned', 2), [
        known('submitted', 1),
        known('approved', 2),
      ]),
    ).toBeNull();
    expect(
      write('supervisor', 'draft', event('e3', 'approved', 2), [known('submitted', 1), known('withdrawn', 2)])
        ?.code,
    ).toBe('locked');
  });

  test.each([0, -1, 1.5, 1e9, Number.NaN, Number.MAX_SAFE_INTEGER])('a turn of %s is none', (turn) => {
    expect(write('officer', 'draft', event('e1', 'submitted', turn))?.code).toBe('bad-content');
  });

  test.each(STATES)(
    '[AC10] what was stored before a restore is not locked in %s, and still forbidden to others',
    (stage) => {
      const back = facts(stage, [], true);
      expect(mayWrite(actor('officer'), target('household'), [answer], back)).toBeNull();
      for (const type of EVENT_TYPES) {
        const isTheirs = WRITING.household[type].supervisor.length > 0;
        const failure = mayWrite(actor('supervisor'), target('household'), event('e1', type, 1), back);
        expect(failure?.code ?? null, type).toBe(isTheirs ? null : 'forbidden');
      }
    },
  );
});
