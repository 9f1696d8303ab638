import { RESCUE, type DocumentName } from '@rukun/core/protocol';
import { userEvent } from 'vitest/browser';
import { beforeEach, expect, test } from 'vitest';
import type { UnstoredEdit } from '../../../packages/pwa/src/app/app.ts';
import { openRescue } from '../../../packages/pwa/src/app/rescue.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { prelistedUpdate } from '../../support/sittings.ts';
import { freshName, openVault } from '../../support/vaults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { MemoryApp } from '../support/memory-app.ts';
import { somebody } from '../support/people.ts';
import { Screen } from '../support/screen.ts';

const PASSPHRASE = 'tiga ayam hitam';
const EDITS = new Map<DocumentName, readonly UnstoredEdit[]>([
  ['household/siti', [{ update: prelistedUpdate(), at: 1_795_000_000_000 }]],
]);

let app: MemoryApp;
let clock: VirtualClock;

function control(
  edits: ReadonlyMap<DocumentName, readonly UnstoredEdit[]>,
  subtle: SubtleCrypto | undefined = crypto.subtle,
) {
  const me = somebody();
  const vault = openVault(freshName(), clock);
  return openRescue({
    vault,
    clock,
    random: seededRandom(3),
    me,
    subtle,
    inMemory: () => edits,
    stored: () => app.sync.now(),
  });
}

async function openDialog(wish: 'write' | 'read'): Promise<Screen> {
  const screen = new Screen(app, '/');
  app.syncState.set({ ...app.syncState.get(), waiting: 1 });
  await screen.click('[data-sync]');
  await screen.click(`rk-sync-badge [data-rescue=${wish}]`);
  await screen.find('rk-rescue dialog[open]');
  return screen;
}

async function choose(screen: Screen, bytes: Uint8Array<ArrayBuffer>, passphrase: string): Promise<void> {
  const field = (await screen.find('rk-rescue-read input[type=file]')) as HTMLInputElement;
  const files = new DataTransfer();
  files.items.add(new File([bytes], 'apa-saja.rukun'));
  field.files = files.files;
  await userEvent.fill(await screen.find('rk-rescue-read [name=passphrase]'), passphrase);
  await screen.click('[data-rescue-open]');
}

async function fileOf(person = EDITS): Promise<Uint8Array<ArrayBuffer>> {
  const made = await control(person).write(PASSPHRASE);
  if (!made.ok) throw new Error(made.failure.code);
  return made.value.bytes;
}

beforeEach(() => {
  clock = new VirtualClock();
  app = new MemoryApp();
  app.rescueControl = control(EDITS);
});

test('[RF4] from the sync panel to a file in hand, with the keyboard alone', async () => {
  const screen = await openDialog('write');
  expect(screen.text(await screen.find('[data-rescue-waiting="1"]'))).toContain(
    '1 keluarga dengan 1 perubahan',
  );
  const field = await screen.find('rk-rescue-write [name=passphrase]');
  field.focus();
  await screen.type('pendek{Enter}');
  await screen.find('[data-rescue-says="key.short"]');
  await userEvent.fill(field, PASSPHRASE);
  await screen.type('{Enter}');
  await screen.find('[data-rescue-made]');
  const name = screen.query('[data-rescue-made] .name')?.textContent ?? '';
  expect(name).toMatch(/^rukun-penyelamat-[\d-]+\.rukun$/);
  await screen.until(() => screen.query('[data-rescue-save]')?.matches(':focus'));
  await screen.type('{Escape}');
  await screen.until(() => screen.query('rk-rescue') === null);
});

test('[RF4] what is in the file is said before anything is taken over, and afterwards it is sent', async () => {
  const bytes = await fileOf();
  app.rescueControl = control(new Map());
  const screen = await openDialog('read');
  expect(screen.text()).toContain('Akun lain, juga akun pengawas, tidak bisa mengambilnya');
  await choose(screen, bytes, PASSPHRASE);
  const found = await screen.find('[data-rescue-found="1"]');
  expect(screen.text(found)).toContain('1 keluarga, 1 perubahan');
  expect(screen.text(found)).toContain('Dibuat 22 Nov 2026');
  await screen.click('[data-rescue-take]');
  await screen.find('[data-rescue-taken="1"]');
  expect(app.syncs).toBe(1);
});

test('[RF7] each thing that can be wrong with a file has words of its own', async () => {
  const bytes = await fileOf();
  const screen = await openDialog('read');
  await screen.click('[data-rescue-open]');
  const said: string[] = [];
  const hear = async (key: string) => {
    said.push(screen.text(await screen.find(`[data-rescue-says="${key}"]`)));
  };
  await hear('read.empty');
  await choose(screen, bytes, 'kata yang lain');
  await hear('problem.wrong-credentials');
  await choose(screen, bytes.with(40, (bytes[40] ?? 0) ^ 4), PASSPHRASE);
  await hear('problem.damaged');
  await choose(screen, new TextEncoder().encode('bukan berkas'), PASSPHRASE);
  await hear('problem.file');
  await choose(screen, bytes.with(8, 2), PASSPHRASE);
  await hear('problem.wrong-version');
  await choose(screen, new Uint8Array(RESCUE.fileBytes + 1), PASSPHRASE);
  await hear('problem.too-large');
  expect(new Set(said).size).toBe(6);
  for (const words of said.slice(1)) expect(words).toContain('Tidak ada yang berubah di perangkat ini');
});

test('[RF7] the file of somebody else is turned away, a supervisor’s own sign-in included', async () => {
  const bytes = await fileOf();
  const me = somebody('supervisor');
  app.rescueControl = openRescue({
    vault: openVault(freshName(), clock),
    clock,
    random: seededRandom(3),
    me,
    subtle: crypto.subtle,
    inMemory: () => new Map(),
    stored: () => undefined,
  });
  const screen = await openDialog('read');
  await choose(screen, bytes, PASSPHRASE);
  expect(screen.text(await screen.find('[data-rescue-says="problem.forbidden"]'))).toContain(
    'milik orang lain',
  );
});

test('[RF9] on plain http it is said that no file can be locked, and none is offered', async () => {
  app.rescueControl = { ...control(EDITS), isPossible: false };
  const screen = await openDialog('write');
  await screen.find('[data-rescue-says="no-crypto"]');
  expect(screen.query('[data-rescue-make]')).toBeNull();
});

test('[RF4] when everything is at the centre it says so instead of making a file', async () => {
  app.rescueControl = control(new Map());
  const screen = await openDialog('write');
  await screen.find('[data-rescue-says="write.nothing"]');
  expect(screen.query('[data-rescue-make]')).toBeNull();
});
