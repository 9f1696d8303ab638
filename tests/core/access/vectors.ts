import type { Role } from '@rukun/core/foundation';
import type { DocumentKind } from '@rukun/core/protocol';
import type { Stage } from '@rukun/core/access';
import vectors from '../../vectors/access-policy.json' with { type: 'json' };

/** What becomes of a write: `a` accepted, `f` forbidden, `l` locked; `-` cannot be written in that stage at all. */
type Cell = 'a' | 'f' | 'l' | '-';

/** One write by everybody in every stage. */
export interface VectorRow {
  readonly document: DocumentKind;
  /** What is written, in words. */
  readonly what: string;
  /** Path → value; `$self`, `$tag`, `$id` and `$struct` as in {@link Writer}. */
  readonly writes: Readonly<Record<string, unknown>>;
  /** One letter per stage, in the order of `stages`. */
  readonly outcome: Readonly<Record<Role, string>>;
}

export interface VectorCase {
  readonly row: VectorRow;
  readonly role: Role;
  readonly stage: Stage;
  readonly expected: Exclude<Cell, '-'>;
}

export const STAGES_OF = vectors.stages as Readonly<Record<DocumentKind, readonly Stage[]>>;
const ROWS = vectors.writing as readonly VectorRow[];
export const READING_OF = vectors.reading as Readonly<Record<DocumentKind, Readonly<Record<Role, string>>>>;
export const VECTOR_ROLES = Object.keys(vectors.reading.household) as readonly Role[];

/** Every case of the vectors. */
export const CASES: readonly VectorCase[] = ROWS.flatMap((row) =>
  VECTOR_ROLES.flatMap((role) =>
    STAGES_OF[row.document].flatMap((stage, index) => {
      const cell = row.outcome[role][index] as Cell;
      return cell === '-' ? [] : [{ row, role, stage, expected: cell }];
    }),
  ),
);

/** Who writes, and what the placeholders of a row stand for. */
export interface Writer {
  readonly self: string;
  readonly tag: string;
  /** Of entities that come to be. */
  readonly id: string;
  /** The answer to 303 that is there. */
  readonly struct: string;
}

/** The keys of a row as somebody writes them. */
export function touchesOf(
  { writes }: VectorRow,
  { self, tag, id, struct }: Writer,
): { root: string; key: string; value: unknown }[] {
  return Object.entries(writes).map(([given, value]) => {
    const path = given.replace('$tag', tag).replace('$id', id).replace('$struct', struct);
    const slash = path.lastIndexOf('/');
    const written = value === '$self' ? self : value;
    return { root: path.slice(0, slash), key: path.slice(slash + 1), value: written };
  });
}

/** The letter of what came of a write; another code as it is. */
export function cellOf(code: string | null): string {
  if (code === null) return 'a';
  return code === 'locked' ? 'l' : code === 'forbidden' ? 'f' : code;
}
