/** What a person of the demo is there for; one account of each at least. */
export type DemoRole =
  | 'officer'
  | 'supervisor'
  | 'coordinator'
  | 'administrator'
  | 'facilitator'
  | 'assistant'
  | 'participant'
  | 'institution';

/** A real place with the Home Ministry's code, and the made-up code in the form of the statistics office. */
export interface DemoRegion {
  /** With dots, as published: `71.02.19`. */
  readonly kemendagriCode: string;
  /** Cumulative, digits only: province 2, regency 4, kecamatan 7, village 10. Made up below the regency. */
  readonly bpsCode: string;
  /** As published: `Kabupaten Minahasa`. */
  readonly name: string;
}

/** The kecamatan of the demo and what lies around and in it. */
export interface DemoPlace {
  readonly province: DemoRegion;
  readonly regency: DemoRegion;
  readonly district: DemoRegion;
  /** Only the villages that have areas in the demo. */
  readonly villages: readonly DemoRegion[];
}

/** One SLS or sub-SLS. */
export interface DemoArea {
  /** 16 digits: village 10, SLS 4, sub-SLS 2. */
  readonly id: string;
  /** `JAGA II`, or `JAGA I (01)` for a part of a split SLS. */
  readonly name: string;
  readonly villageName: string;
  readonly villageKemendagriCode: string;
  /** The ketua SLS, here called kepala jaga; in capitals. */
  readonly headName: string;
}

/** One row of the printed family list, in capitals as on paper. */
export interface DemoFamily {
  /** Runs through the whole kecamatan from 1, so it is unique across areas. */
  readonly prelistNumber: number;
  readonly areaId: string;
  readonly headName: string;
  readonly address: string;
  /** 16 digits: region 6, day of recording DDMMYY, serial 4. */
  readonly kk: string;
  /** 16 digits: region 6, day of birth DDMMYY (day + 40 for women), serial 4. */
  readonly headNik: string;
}

/** Someone who can sign in. */
export interface DemoPerson {
  readonly userName: string;
  readonly name: string;
  readonly role: DemoRole;
  readonly password: string;
  /** Question 202k (officer, 4 characters) or the code beside 204 (supervisor, 3 characters). */
  readonly code?: string;
  /** The participant's own area. */
  readonly areaId?: string;
  /** The coordinator's kecamatan, the administrator's regency; digits only. */
  readonly office?: string;
}

/** Who records an area, who checks it, how much and by when. */
export interface DemoAssignment {
  readonly areaId: string;
  /** User name. */
  readonly officer: string;
  /** User name. */
  readonly supervisor: string;
  /** Number of prelisted families. */
  readonly target: number;
  /** YYYY-MM-DD. */
  readonly dueDate: string;
}

/** Everything a relay started with `--demo` is filled with. */
export interface Demo {
  /** The codes in the form of the statistics office are not its own; to be said wherever they are shown. */
  readonly codesAreMadeUp: true;
  readonly place: DemoPlace;
  readonly areas: readonly DemoArea[];
  readonly families: readonly DemoFamily[];
  readonly people: readonly DemoPerson[];
  readonly assignments: readonly DemoAssignment[];
}

/** How large the demo is, and on which day it plays. */
export interface DemoOptions {
  /** At least one per area (8) and at most 5,000; 400 unless told. */
  readonly familyCount?: number;
  /** YYYY-MM-DD; ages, recording days and due dates follow from it. */
  readonly today: string;
}
