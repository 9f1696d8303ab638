import type { Clock, Random } from '@rukun/core/foundation';
import { parseLocalDate } from '@rukun/core/foundation';
import { parseDocumentName, type DocumentName, type Me } from '@rukun/core/protocol';
import { enumerationSettings, regsosek22K, type EnumerationSettings } from '@rukun/core/questionnaire';
import { openHousehold } from '../live/open-household.ts';
import type { LivePorts } from '../live/live-connection.ts';
import type { Activity } from '../platform/activity.ts';
import type { Authenticator } from '../platform/authenticator.ts';
import type { Frames } from '../platform/frames.ts';
import type { Network } from '../platform/network.ts';
import type { NewVersion } from '../platform/new-version.ts';
import type { StorageQuota } from '../platform/storage-quota.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import type { Tabs } from '../platform/tabs.ts';
import { Catalogue } from '../stores/catalogue.ts';
import { Keyring } from '../stores/keyring.ts';
import { deleteOlderSession, readOlderSession } from '../stores/older-session.ts';
import { olderMark } from '../stores/older-mark.ts';
import type { KeyedSeal } from '../stores/seal.ts';
import { SessionStore } from '../stores/session-store.ts';
import type { StoreFailure } from '../stores/store-failure.ts';
import { VaultDatabase } from '../stores/vault-database.ts';
import { Vault } from '../stores/vault.ts';
import type { App, OpenHousehold, PositionControl, UnstoredEdit } from './app.ts';
import { CatalogueKeeper } from './catalogue-keeper.ts';
import { FamilyList } from './family-list.ts';
import { LockKeeper } from './lock-keeper.ts';
import { SessionKeeper } from './session-keeper.ts';
import { StorageWatch } from './storage-watch.ts';
import { SyncLoop } from './sync-loop.ts';
import { VaultKeys } from './vault-keys.ts';

/** The world around the app: the browser's in `main.ts`, held still in tests. */
export interface AppParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly frames: Frames;
  readonly surroundings: Surroundings;
  readonly tabs: Tabs;
  readonly network: Network;
  readonly seal: KeyedSeal;
  /** Without `subtle` (plain http) nobody can sign in. */
  readonly crypto: Crypto;
  /** Of PBKDF2 for new PINs. */
  readonly pinRounds: number;
  readonly activity: Activity;
  readonly authenticator: Authenticator;
  readonly quota: StorageQuota;
  readonly position: PositionControl;
  readonly version: NewVersion;
  readonly Socket: typeof WebSocket;
  /** `wss://host/live` */
  readonly liveUrl: string;
  /** Databases of this device begin with it. */
  readonly databasePrefix: string;
  readonly deviceLabel: string;
}

/** Asking again for areas and team is worth it after this long. */
const REFRESH_MS = 10 * 60 * 1000;

/** Puts the app together and takes up what the device has stored. Rejects only if the database cannot be read. */
export async function createApp(parts: AppParts): Promise<App> {
  const { clock, random, frames, surroundings, tabs, network, seal, databasePrefix } = parts;
  const form = regsosek22K;
  const database = new VaultDatabase(null);
  const vault = new Vault(database, seal, clock);
  const sittings = new Set<OpenHousehold>();
  /** Documents of boards on the screen. */
  const boards = new Set<string>();
  const storage = new StorageWatch(parts.quota, clock, {
    isInUse: (name) => boards.has(name),
    retry() {
      for (const sitting of sittings) {
        void retrySave(sitting);
      }
    },
  });
  const wrote = (failure: StoreFailure | null): void => {
    storage.wrote(failure);
  };
  database.onWrite(wrote);
  /** Answers of households that were closed while the device could not store them. */
  const leftOver = new Map<DocumentName, readonly UnstoredEdit[]>();
  const catalogue = new Catalogue(vault);
  const keyring = new Keyring(`${databasePrefix}.keyring`, wrote);
  const { subtle } = parts.crypto;
  const { authenticator, pinRounds } = parts;
  const keys = new VaultKeys({ subtle, seal, keyring, clock, random, pinRounds, authenticator });
  const sessions = new SessionStore(keyring, seal, () => keys.held?.person ?? null);
  const vaultName = (person: string): string => `${databasePrefix}.vault.${person}`;
  const olderSession = `${databasePrefix}.session`;
  const lock = new LockKeeper({
    keys,
    keyring,
    sessions,
    tabs,
    clock,
    activity: parts.activity,
    authenticator,
    surroundings,
    sealOlder: (person, progress) =>
      tabs.alone('seal-older', async () => {
        const own = new VaultDatabase(vaultName(person));
        try {
          if ((await olderMark(own)) === null) return;
          const { sealOlderRows } = await import('../stores/seal-older.ts');
          await sealOlderRows(own, seal, progress);
        } finally {
          await own.close();
        }
      }),
    older: () => readOlderSession(olderSession),
    stored: () => deleteOlderSession(olderSession),
    async opened() {
      await session.restore();
      // Behind the door stands a list, not the way to one.
      await listed;
    },
    badge: () => session.me.get()?.person.code ?? '',
    leave: () => session.close(),
  });
  const session = new SessionKeeper({
    store: sessions,
    keyring,
    keys,
    lock,
    vault,
    tabs,
    network,
    clock,
    random,
    subtle,
    leave,
    unsaved: () => leftOver.size,
    vaultName,
    deviceLabel: parts.deviceLabel,
  });
  const { client } = session;
  const isSignedIn = (): boolean => session.me.get() !== null;
  /** A live connection was refused: an exchange finds out whether the session is over, and says so. */
  const expired = (): void => {
    sync.now();
  };
  const families = new FamilyList(
    vault,
    catalogue,
    frames,
    () => session.me.get(),
    (document) => unstored().has(document),
  );
  let refreshedAt = 0;
  let listed: Promise<void> = Promise.resolve();
  const sync = new SyncLoop({
    vault,
    transport: client,
    clock,
    random,
    frames,
    surroundings,
    tabs,
    isSignedIn,
    exchanged() {
      if (Math.abs(clock.now() - refreshedAt) < REFRESH_MS) return;
      refreshedAt = clock.now();
      void session.refresh();
    },
  });
  const keeper = new CatalogueKeeper({
    vault,
    catalogue,
    clock,
    frames,
    form,
    settings: () => settingsOf(session.me.get()),
    isSignedIn,
    isOpen: (document) => [...sittings].some((sitting) => sitting.document === document),
  });
  surroundings.onChange(() => {
    if (surroundings.isVisible()) storage.returned();
  });
  shareChanges(vault, tabs);
  watchSession();
  if (isCryptoMissing(parts.crypto)) lock.refuse();
  else await lock.start();
  keeper.wake();
  // A browser that did not promise it the first time may do so once the app is in use.
  void (session.me.get() === null ? storage.look() : storage.persist());

  const livePorts: LivePorts = {
    Socket: parts.Socket,
    url: parts.liveUrl,
    clock,
    random,
    surroundings,
    ticket: (document) => client.ticket(document),
  };

  /** Another person: another vault, another list. The same person with other areas: the list again. */
  function watchSession(): void {
    let person = session.me.get()?.person.id ?? null;
    let last = person;
    session.me.subscribe((me) => {
      listed = families.load().catch(() => undefined);
      if (me?.person.id === (person ?? undefined)) return;
      person = me?.person.id ?? null;
      // What could not be stored waits in memory for its author, also while it is locked.
      if (person !== null && person !== last) leftOver.clear();
      last = person ?? last;
      refreshedAt = clock.now();
      void sync.restart();
      keeper.wake();
      if (me !== null) void storage.persist();
    });
  }

  async function openDocument(document: DocumentName): Promise<OpenHousehold | null> {
    const me = signedIn();
    const left = leftOver.get(document) ?? [];
    leftOver.delete(document);
    const opened = await openHousehold(
      {
        vault: vault.lease(),
        clock,
        random,
        frames,
        form,
        settings: settingsOf(me),
        me,
        personOf: (person) => session.personOf(person),
        live: livePorts,
        send: (name) => sync.send(name),
        edited: () => {
          sync.edited();
          storage.used();
        },
        expired,
        closed(sitting, kept) {
          sittings.delete(sitting);
          if (kept.length > 0) leftOver.set(document, [...(leftOver.get(document) ?? []), ...kept]);
          families.refresh([document]);
          keeper.wake();
        },
      },
      document,
      left,
    ).catch((error: unknown) => {
      if (left.length > 0) leftOver.set(document, left);
      throw error;
    });
    if (opened !== null) sittings.add(opened);
    return opened;
  }

  /** Edits in memory only: of households on the screen, and of those closed while the device was full. */
  function unstored(): ReadonlyMap<DocumentName, readonly UnstoredEdit[]> {
    const edits = new Map(leftOver);
    for (const sitting of sittings) {
      const open = sitting.unstored();
      if (open.length > 0) edits.set(sitting.document, [...(edits.get(sitting.document) ?? []), ...open]);
    }
    return edits;
  }

  /** Screens close what they show by themselves; this waits for it, and closes the rest. */
  async function leave(): Promise<void> {
    await new Promise<void>((resolve) => {
      frames.next(resolve);
    });
    await Promise.all([...sittings].map((sitting) => sitting.close()));
  }

  function signedIn(): Me {
    const me = session.me.get();
    if (me === null) throw new Error('nobody is signed in');
    return me;
  }

  return {
    form,
    settings: () => settingsOf(session.me.get()),
    session,
    lock,
    families,
    sync,
    storage: storage.state,
    position: parts.position,
    update: parts.version,
    open: openDocument,
    async add(area) {
      const info = session.areaOf(area);
      if (info === null) throw new Error('an area of somebody else');
      const { storeNewHousehold } = await import('./new-household.ts');
      const document = await storeNewHousehold(vault, random, clock, info, form.id);
      sync.edited();
      const opened = await openDocument(document);
      if (opened === null) throw new Error('what was just stored is not there');
      return opened;
    },
    async past() {
      const { openPast } = await import('./past.ts');
      return openPast({ client, form, settings: () => settingsOf(session.me.get()) });
    },
    async people() {
      const { openPeople } = await import('./people.ts');
      return openPeople(client);
    },
    async held() {
      const { openHeld } = await import('./held.ts');
      return openHeld(client);
    },
    async rescue() {
      const me = signedIn();
      // Seldom needed, and then no link is: it is among the files kept for offline use.
      const [{ openRescue }, { browserCrypto }] = await Promise.all([
        import('./rescue.ts'),
        import('../platform/passphrase-seal.ts'),
      ]);
      return openRescue({
        vault: vault.lease(),
        clock,
        random,
        me,
        subtle: browserCrypto(),
        inMemory: unstored,
        stored() {
          sync.now();
        },
      });
    },
    async board(document) {
      // Officers seldom look at it: loaded when it is.
      const { openBoard } = await import('../live/open-board.ts');
      boards.add(document);
      const opened = await openBoard(
        {
          clock,
          random,
          frames,
          live: livePorts,
          self: signedIn().person.id,
          personOf: (person) => session.personOf(person),
          expired,
        },
        document,
      );
      return {
        ...opened,
        async close() {
          await opened.close();
          boards.delete(document);
        },
      };
    },
  };
}

/** On plain http the browser has no `subtle`, whatever its type says. */
function isCryptoMissing({ subtle }: Partial<Crypto>): boolean {
  return subtle === undefined;
}

/** A write that is failing at this moment has not said so yet. */
async function retrySave(sitting: OpenHousehold): Promise<void> {
  await sitting.settled();
  const save = sitting.save.get();
  if (save.state === 'failed') save.retry();
}

/** What this tab stored the others hear, and the other way round. */
function shareChanges(vault: Vault, tabs: Tabs): void {
  vault.onStored((documents, isElsewhere) => {
    if (!isElsewhere) tabs.tell({ type: 'changed', documents });
  });
  tabs.onMessage((message) => {
    if (message.type !== 'changed') return;
    const names = message.documents.map((name) => parseDocumentName(name));
    vault.announce(
      names.filter((parsed) => parsed.ok).map((parsed) => parsed.value.name),
      true,
    );
  });
}

function settingsOf(me: Me | null): EnumerationSettings {
  const from = parseLocalDate(me?.enumeration.from ?? '');
  const to = parseLocalDate(me?.enumeration.to ?? '');
  return enumerationSettings(from && to ? { fieldwork: { from, to } } : {});
}
