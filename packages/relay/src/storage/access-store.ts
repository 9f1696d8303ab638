import type { InstantMs, Role } from '@rukun/core/foundation';

/** Who else stands on an area while assignments of it are side by side; person ids, in order. */
export interface AssignedBeside {
  readonly officers: readonly string[];
  readonly supervisors: readonly string[];
}

/** An area somebody had, and since when no more. */
export interface FormerArea {
  readonly area: string;
  /** As what they had it. */
  readonly role: Role;
  readonly endedAt: InstantMs;
  /** Number of the latest commit then. */
  readonly lastCommit: number;
}

/** What a reader can see of what access follows, beside the current assignments. */
export interface AccessReader {
  assignedBeside(area: string): AssignedBeside;
  /** The areas that were a person's and are no more. */
  formerAreasOf(person: string): readonly FormerArea[];
}

export interface AccessWriter extends AccessReader {
  putAssignedBeside(area: string, beside: AssignedBeside): void;
  /** The area is no longer the person's. */
  endAssignment(person: string, former: FormerArea): void;
  /** The area is the person's again. */
  resumeAssignment(person: string, area: string): void;
}
