import { MemoryHeld } from './memory-held.ts';
import { type ErrorCode, fail, ok, Value } from '@rukun/core/foundation';
import { Household } from '@rukun/core/household';
import { parseDocumentName, type DocumentName, type Me } from '@rukun/core/protocol';
import type { Assignment } from '@rukun/core/board';
import { regsosek22K, type EnumerationSettings, type FormAnswers } from '@rukun/core/questionnaire';
import type {
  App,
  AuditState,
  FamilyEntry,
  Gate,
  LockControl,
  LockedPerson,
  LockSettings,
  Past,
  PeopleControl,
  PositionReading,
  RescueControl,
  StorageState,
  SyncState,
  UnlockAnswer,
} from '../../../packages/pwa/src/app/app.ts';
import { weaknessOf } from '../../../packages/pwa/src/app/pin-rules.ts';
import { familyContent } from '../../../packages/pwa/src/live/family-content.ts';
import { settingsAround } from '../../support/household-builder.ts';
import { MemoryHousehold } from './memory-household.ts';
import { AREA, somebody } from './people.ts';

/** An App in memory, made of the real core parts, for tests of screens. Everything in it can be set by the test. */
export class MemoryApp implements App {
  readonly form = regsosek22K;
  readonly me: Value<Me | null>;
  readonly list = new Value<readonly FamilyEntry[]>([]);
  readonly arriving = new Value<{ readonly here: number } | null>(null);
  readonly syncState = new Value<SyncState>({
    link: 'online',
    running: false,
    waiting: 0,
    lastAt: null,
    failure: null,
  });
  readonly storage = new Value<StorageState>({
    persisted: true,
    usage: 0,
    quota: 1e9,
    level: 'green',
    isFull: false,
  });
  readonly update = new Value<{ apply(): void } | null>(null);
  readonly assignments = new Value<readonly Assignment[]>([]);
  readonly households = new Map<string, MemoryHousehold>();
  /** What the next sign-in answers with; null lets everybody in. */
  signInFailure: ErrorCode | null = null;
  /** How long it asks to be left alone, with that failure. */
  signInWait: { readonly waitMs?: number } = {};
  /** null: any will do. */
  password: string | null = null;
  isOneTime = false;
  unstored = 0;
  readonly gate = new Value<Gate>({ at: 'open' });
  readonly locked = new Value<readonly LockedPerson[]>([]);
  readonly lockSettings = new Value<LockSettings>({ idleMinutes: 5, authenticator: null });
  /** What PINs were tried and chosen, and what the next try is answered with; null opens. */
  readonly pins: string[] = [];
  unlockAnswer: UnlockAnswer | null = null;
  /** What the centre knows of the past. */
  pastOfAll: Past | null = null;
  /** What the centre knows of people and devices. */
  peopleControl: PeopleControl | null = null;
  readonly heldControl = new MemoryHeld();
  /** What writes and reads rescue files. */
  rescueControl: RescueControl | null = null;
  syncs = 0;
  audits = 0;
  readonly auditState = new Value<AuditState>({ progress: null, lastAt: null, report: null, failure: null });
  /** Gives a position to whoever watches. */
  position: App['position'] & { give?(reading: PositionReading): void } = {
    watch: (better) => {
      this.position.give = better;
      return () => undefined;
    },
  };

  /** The period around the clock of the tests, as the households of `household()` are judged by. */
  settings: () => EnumerationSettings = () => settingsAround();

  constructor(me: Me | null = somebody()) {
    this.me = new Value(me);
  }

  readonly session: App['session'] = {
    me: { get: () => this.me.get(), subscribe: (changed) => this.me.subscribe(changed) },
    signIn: (_user, password, next) => {
      if (this.signInFailure) {
        const failure = { code: this.signInFailure, ...this.signInWait };
        return Promise.resolve({ ok: false, failure });
      }
      if (this.password !== null && password !== this.password)
        return Promise.resolve(fail('wrong-credentials'));
      if (this.isOneTime && next === undefined) return Promise.resolve(fail('password-change'));
      this.password = next ?? this.password;
      const me = somebody();
      this.me.set(me);
      return Promise.resolve(ok(me));
    },
    signOut: (force) => {
      const done = this.unstored === 0 || force;
      if (done) this.me.set(null);
      return Promise.resolve({ unstored: this.unstored, done });
    },
    changePassword: (current, next) => {
      if (current !== this.password) return Promise.resolve(fail('wrong-credentials'));
      this.password = next;
      return Promise.resolve(ok(null));
    },
    nameOf: (person) => this.session.personOf(person)?.name ?? '',
    personOf: (person) => somebody().people.find((each) => each.id === person) ?? null,
    areaOf: (area) => this.me.get()?.areas.find((each) => each.id === area) ?? null,
  };

  readonly lock: LockControl = {
    gate: { get: () => this.gate.get(), subscribe: (changed) => this.gate.subscribe(changed) },
    people: { get: () => this.locked.get(), subscribe: (changed) => this.locked.subscribe(changed) },
    settings: {
      get: () => this.lockSettings.get(),
      subscribe: (changed) => this.lockSettings.subscribe(changed),
    },
    unlock: (person, pin) => {
      this.pins.push(`${person} ${pin}`);
      if (this.unlockAnswer === null) this.gate.set({ at: 'open' });
      return Promise.resolve(this.unlockAnswer ?? { is: 'open' });
    },
    lock: () => {
      this.gate.set({ at: 'locked' });
      return Promise.resolve();
    },
    judge: (pin) => weaknessOf(pin, []),
    choosePin: (pin) => {
      this.pins.push(pin);
      this.gate.set({ at: 'open' });
      return Promise.resolve(ok(null));
    },
    giveUp: () => {
      this.gate.set({ at: 'sign-in' });
      return Promise.resolve();
    },
    changePin: (before, after) => {
      this.pins.push(before, after);
      return Promise.resolve(this.unlockAnswer ?? { is: 'open' });
    },
    unlockByAuthenticator: (person) => this.lock.unlock(person, 'the phone'),
    addAuthenticator: (pin) => {
      this.pins.push(pin);
      this.lockSettings.set({ ...this.lockSettings.get(), authenticator: true });
      return Promise.resolve({ is: 'open' });
    },
    dropAuthenticator: () => {
      this.lockSettings.set({ ...this.lockSettings.get(), authenticator: false });
      return Promise.resolve();
    },
    setIdleMinutes: (idleMinutes) => {
      this.lockSettings.set({ ...this.lockSettings.get(), idleMinutes });
      return Promise.resolve();
    },
  };

  readonly families: App['families'] = {
    list: { get: () => this.list.get(), subscribe: (changed) => this.list.subscribe(changed) },
    arriving: { get: () => this.arriving.get(), subscribe: (changed) => this.arriving.subscribe(changed) },
  };

  readonly sync: App['sync'] = {
    state: { get: () => this.syncState.get(), subscribe: (changed) => this.syncState.subscribe(changed) },
    now: () => {
      this.syncs++;
    },
    audit: { get: () => this.auditState.get(), subscribe: (changed) => this.auditState.subscribe(changed) },
    startAudit: () => {
      this.audits++;
    },
  };

  open(document: DocumentName): Promise<MemoryHousehold | null> {
    return Promise.resolve(this.households.get(document) ?? null);
  }

  add(area: string): Promise<MemoryHousehold> {
    return Promise.resolve(this.household(`added${this.households.size}`, { area, origin: 'added' }));
  }

  past(): Promise<Past> {
    if (this.pastOfAll === null) throw new Error('the test has set no past');
    return Promise.resolve(this.pastOfAll);
  }

  held(): Promise<MemoryHeld> {
    return Promise.resolve(this.heldControl);
  }

  people(): Promise<PeopleControl> {
    if (this.peopleControl === null) throw new Error('the test has set no people');
    return Promise.resolve(this.peopleControl);
  }

  rescue(): Promise<RescueControl> {
    if (this.rescueControl === null) throw new Error('the test has set no rescue control');
    return Promise.resolve(this.rescueControl);
  }

  board(): ReturnType<App['board']> {
    return Promise.resolve({
      assignments: this.assignments,
      live: new Value<'offline' | 'connecting' | 'live'>('live'),
      present: new Value([]),
      close: () => Promise.resolve(),
    });
  }

  /** Makes a household this app can open: new, or filled with answers. */
  household(
    id: string,
    options: { answers?: FormAnswers; area?: string; origin?: 'prelist' | 'added'; head?: string } = {},
  ): MemoryHousehold {
    const name = nameOf(id);
    const me = this.me.get() ?? somebody();
    const made = new MemoryHousehold(name, me);
    const area = options.area ?? AREA;
    const head = options.answers?.family['108'];
    Household.create(made.doc, {
      form: regsosek22K.id,
      area,
      origin: options.origin ?? 'prelist',
      prelistHead: options.head ?? (typeof head === 'string' ? head : 'BUDI SANTOSO'),
      prelistNumber: 17,
      answers: {
        101: '71',
        102: '02',
        103: '990',
        104: area.slice(7, 10),
        105: area.slice(10),
        106: 'JAGA I',
        107: 'JL. RAYA NO. 12',
      },
    });
    if (options.answers) fill(made.household, options.answers);
    this.households.set(name, made);
    return made;
  }

  /** Puts the households into the list, as the catalogue would. */
  listAll(): void {
    this.list.set(
      [...this.households.values()].map((each) => {
        const { isSeen, ...content } = familyContent(each.doc, each.snapshot.get(), each.evaluation.get());
        const ticks = { ...each.ticks.get(), supervisor: isSeen };
        return { ...content, document: each.document, area: each.snapshot.get().area, ticks, updatedAt: 0 };
      }),
    );
  }
}

/** Writes given answers the way a person would. */
function fill(household: Household, answers: FormAnswers): void {
  household.doc.transact(() => {
    for (const [question, value] of Object.entries(answers.family))
      household.answer({ member: null, question }, value);
    for (const member of answers.members) {
      const id = household.addMember();
      for (const [question, value] of Object.entries(member.answers))
        household.answer({ member: id, question }, value);
    }
    if (answers.fix) household.addFix({ ...answers.fix, readings: 9, manual: false, reason: '' });
  });
}

function nameOf(id: string): DocumentName {
  const parsed = parseDocumentName(`household/${id}`);
  if (!parsed.ok) throw new Error(`no document name: ${id}`);
  return parsed.value.name;
}
