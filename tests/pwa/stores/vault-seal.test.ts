import { expect, test } from 'vitest';
import { newDataKey } from '../../../packages/pwa/src/platform/data-key.ts';
import { LockedError, VaultSeal } from '../../../packages/pwa/src/stores/vault-seal.ts';

const TEXT = new TextEncoder().encode('SITI AMINAH 7102990101900001');

async function unlocked(): Promise<VaultSeal> {
  const seal = new VaultSeal(crypto);
  seal.use(await newDataKey(crypto.subtle));
  return seal;
}

const opens = (seal: VaultSeal, bytes: Uint8Array): Promise<boolean> =>
  seal.open(bytes).then(
    () => true,
    () => false,
  );

test('sealed bytes are version, nonce, ciphertext and tag; the same text is never sealed to the same bytes', async () => {
  const seal = await unlocked();
  const [one, other] = [await seal.seal(TEXT), await seal.seal(TEXT)];
  expect(one[0]).toBe(1);
  expect(one).toHaveLength(1 + 12 + TEXT.length + 16);
  expect(one).not.toEqual(other);
  expect(Buffer.from(one).includes('SITI')).toBe(false);
  expect(await seal.open(one)).toEqual(TEXT);
});

test('bytes that were changed, cut or sealed under another key do not open', async () => {
  const seal = await unlocked();
  const sealed = await seal.seal(TEXT);
  for (const at of [0, 1, 13, sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await opens(seal, changed), `byte ${at}`).toBe(false);
  }
  expect(await opens(seal, sealed.slice(0, -1))).toBe(false);
  expect(await opens(await unlocked(), sealed)).toBe(false);
  expect(await opens(seal, sealed)).toBe(true);
});

test('a view into a larger buffer is sealed as what it is', async () => {
  const seal = await unlocked();
  const large = new Uint8Array(100).fill(7);
  const sealed = await seal.seal(large.subarray(10, 20));
  const opened = await seal.open(new Uint8Array([9, 9, ...sealed]).subarray(2));
  expect(opened).toEqual(new Uint8Array(10).fill(7));
});

test('without a key it says that it is locked', async () => {
  const seal = await unlocked();
  const sealed = await seal.seal(TEXT);
  seal.use(null);
  await expect(seal.seal(TEXT)).rejects.toThrow(LockedError);
  await expect(seal.open(sealed)).rejects.toThrow(LockedError);
});
