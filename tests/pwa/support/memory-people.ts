import { fail, ok, type ErrorCode, type Result } from '@rukun/core/foundation';
import {
  PEOPLE_PAGE,
  type ImportReport,
  type PeopleSearchRequest,
  type PersonEntry,
  type PersonPatch,
} from '@rukun/core/people';
import type { DeviceInfo } from '@rukun/core/protocol';
import type { ImportOutcome, PeopleControl } from '../../../packages/pwa/src/app/app.ts';

/** Somebody on a list, active and seen. */
export function entry(userName: string, changes: Partial<PersonEntry> = {}): PersonEntry {
  return {
    id: `id-${userName}`,
    userName,
    name: `Nama ${userName}`,
    role: 'officer',
    code: '0101',
    area: '',
    mustChangePassword: false,
    lastSeenAt: 1_790_000_000_000,
    devices: 1,
    waitMs: 0,
    endedAt: null,
    mayManage: true,
    ...changes,
  };
}

/** A device that is signed in. */
export function device(id: string, changes: Partial<DeviceInfo> = {}): DeviceInfo {
  const [enrolledAt, lastSeenAt] = [1_780_000_000_000, 1_790_000_000_000];
  return {
    id,
    label: `HP ${id}`,
    enrolledAt,
    lastSeenAt,
    end: null,
    handedInAt: null,
    isThis: false,
    ...changes,
  };
}

export const REPORT: ImportReport = {
  rows: 2,
  added: 2,
  changed: 0,
  unchanged: 0,
  faultyRows: 0,
  faults: [],
};

/** What the centre knows of people and devices, in memory; notes what it was asked to do. */
export class MemoryPeople implements PeopleControl {
  people: PersonEntry[] = [];
  ownDevices: DeviceInfo[] = [];
  /** Everything fails with it; null: the centre answers. */
  failure: ErrorCode | null = null;
  /** What the next change is refused with. */
  refused: readonly string[] | null = null;
  report: ImportReport = REPORT;
  /** An import ends when the test lets it. */
  finishImport: (outcome: Result<ImportOutcome>) => void = () => undefined;
  progress: (done: number, of: number) => void = () => undefined;
  readonly asked: string[] = [];
  readonly searches: PeopleSearchRequest[] = [];
  readonly patches: PersonPatch[] = [];

  search(request: PeopleSearchRequest) {
    this.searches.push(request);
    const found = this.people.filter(
      ({ name, role }) => name.includes(request.query) && (request.role === null || role === request.role),
    );
    const from = request.page * PEOPLE_PAGE;
    return this.#answer({ people: found.slice(from, from + PEOPLE_PAGE), total: found.length });
  }

  change(person: string, patch: PersonPatch): Promise<Result<null>> {
    this.asked.push(`change ${person}`);
    this.patches.push(patch);
    if (this.refused) return Promise.resolve(fail('bad-content', this.refused));
    return this.#answer(null);
  }

  devices() {
    return this.#answer(this.ownDevices);
  }

  revoke(id: string): Promise<Result<null>> {
    this.asked.push(`revoke ${id}`);
    const end = { at: 1_790_000_000_000, reason: 'revoked', by: 'x' } as const;
    this.ownDevices = this.ownDevices.map((each) => (each.id === id ? { ...each, end } : each));
    return this.#answer(null);
  }

  resetPassword(person: string): Promise<Result<string>> {
    this.asked.push(`reset ${person}`);
    return this.#answer('kuba-rosi-tamu-jeko-wisa');
  }

  check(file: Blob): Promise<Result<ImportReport>> {
    this.asked.push(`check ${file.size}`);
    return this.#answer(this.report);
  }

  import(
    _file: Blob,
    progress: (done: number, of: number) => void,
    calledOff: AbortSignal,
  ): Promise<Result<ImportOutcome>> {
    this.asked.push('import');
    this.progress = progress;
    return new Promise((resolve) => {
      this.finishImport = resolve;
      calledOff.addEventListener('abort', () => resolve(fail('unavailable')));
    });
  }

  #answer<T>(value: T): Promise<Result<T>> {
    return Promise.resolve(this.failure === null ? ok(value) : fail(this.failure));
  }
}
