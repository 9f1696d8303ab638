import type { DemoRole } from './types.ts';

/** One area of the demo before it has an id and families. */
export interface AreaPlan {
  /** Index into the villages of the place. */
  readonly village: number;
  readonly sls: string;
  /** `00`: not split. */
  readonly subSls: string;
  /** The neighbourhood's name, shared by the parts of a split one. */
  readonly name: string;
  /** Its part of the families; the parts add up to 400, so by default this is its number of families. */
  readonly share: number;
  /** User name of the officer; the supervisor follows from the officer. */
  readonly officer: string;
  readonly dueInDays: number;
}

/** Eight areas in three villages; the first jaga of the second village is split into two sub-SLS. */
export const AREA_PLANS: readonly AreaPlan[] = [
  { village: 0, sls: '0001', subSls: '00', name: 'JAGA I', share: 55, officer: 'petugas1', dueInDays: 14 },
  { village: 0, sls: '0002', subSls: '00', name: 'JAGA II', share: 38, officer: 'petugas1', dueInDays: 28 },
  { village: 0, sls: '0003', subSls: '00', name: 'JAGA III', share: 44, officer: 'petugas2', dueInDays: 14 },
  { village: 0, sls: '0004', subSls: '00', name: 'JAGA IV', share: 35, officer: 'petugas2', dueInDays: 28 },
  { village: 1, sls: '0001', subSls: '01', name: 'JAGA I', share: 51, officer: 'petugas3', dueInDays: 14 },
  { village: 1, sls: '0001', subSls: '02', name: 'JAGA I', share: 45, officer: 'petugas3', dueInDays: 28 },
  { village: 2, sls: '0001', subSls: '00', name: 'JAGA I', share: 70, officer: 'petugas4', dueInDays: 21 },
  { village: 2, sls: '0002', subSls: '00', name: 'JAGA II', share: 62, officer: 'petugas5', dueInDays: 21 },
];

/** One account of the demo before it has a name. */
export interface PersonPlan {
  readonly userName: string;
  readonly role: DemoRole;
  readonly code?: string;
  /** For officers: user name of the supervisor. */
  readonly supervisor?: string;
  /** For the participant: index into `AREA_PLANS` of the area whose head this is. */
  readonly headOf?: number;
}

/** Every role, and a second team to show what the first may not see. */
export const PERSON_PLANS: readonly PersonPlan[] = [
  { userName: 'petugas1', role: 'officer', code: '0101', supervisor: 'pengawas1' },
  { userName: 'petugas2', role: 'officer', code: '0102', supervisor: 'pengawas1' },
  { userName: 'petugas3', role: 'officer', code: '0103', supervisor: 'pengawas1' },
  { userName: 'petugas4', role: 'officer', code: '0104', supervisor: 'pengawas1' },
  { userName: 'petugas5', role: 'officer', code: '0201', supervisor: 'pengawas2' },
  { userName: 'pengawas1', role: 'supervisor', code: '010' },
  { userName: 'pengawas2', role: 'supervisor', code: '020' },
  { userName: 'koseka1', role: 'coordinator' },
  { userName: 'admin1', role: 'administrator' },
  { userName: 'fasilitator1', role: 'facilitator' },
  { userName: 'asisten1', role: 'assistant' },
  { userName: 'peserta1', role: 'participant', headOf: 0 },
  { userName: 'instansi1', role: 'institution' },
];
