import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NO_SECRETS, Secrets, type SecretParts } from '../../../packages/relay/src/config/secrets.ts';
import { seededRandom } from '../../support/seeded-random.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-secrets-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function secretsOf(data: string, parts: Partial<SecretParts> = {}): Secrets {
  const isInUse = () => false;
  return new Secrets({
    data,
    production: false,
    given: NO_SECRETS,
    random: seededRandom(1),
    isInUse,
    ...parts,
  });
}

test('to try out, a secret is made at first use, readable for its owner only, and stays the same', () => {
  const data = folder();
  const made = secretsOf(data).read('audit-key');
  expect(Buffer.from(made, 'base64')).toHaveLength(32);
  expect(readdirSync(data)).toEqual(['audit-key.txt']);
  expect(statSync(join(data, 'audit-key.txt')).mode & 0o777).toBe(0o600);
  expect(secretsOf(data, { random: seededRandom(2) }).read('audit-key')).toBe(made);
});

test('the recovery key is an RSA key of 3072 bits', () => {
  const key = createPrivateKey(secretsOf(folder()).read('recovery-key'));
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 3072 });
});

test('a relay in memory leaves no file', () => {
  const secrets = secretsOf(':memory:');
  expect(secrets.read('audit-key')).toBe(secrets.read('audit-key'));
  expect(secrets.pathOf('audit-key')).toBeNull();
});

test('what the environment holds or names comes before what lies in the folder', () => {
  const data = folder();
  writeFileSync(join(data, 'audit-key.txt'), 'in the folder\n');
  expect(secretsOf(data).read('audit-key')).toBe('in the folder');
  const elsewhere = join(folder(), 'key');
  writeFileSync(elsewhere, 'in a file\n');
  const named = { ...NO_SECRETS, 'audit-key': { text: null, path: elsewhere } };
  expect(secretsOf(data, { given: named }).read('audit-key')).toBe('in a file');
  const held = { ...NO_SECRETS, 'audit-key': { text: 'in the environment', path: null } };
  expect(secretsOf(data, { given: held }).read('audit-key')).toBe('in the environment');
  const both = { ...NO_SECRETS, 'audit-key': { text: 'in the environment', path: elsewhere } };
  expect(() => secretsOf(data, { given: both }).read('audit-key')).toThrow('both set');
});

test('one that is empty or cannot be read is refused by name, and never shown', () => {
  const data = folder();
  writeFileSync(join(data, 'audit-key.txt'), ' \n');
  expect(() => secretsOf(data).read('audit-key')).toThrow('audit-key is empty');
  const given = { ...NO_SECRETS, 'audit-key': { text: null, path: join(data, 'nowhere') } };
  expect(() => secretsOf(data, { given }).read('audit-key')).toThrow('ENOENT');
});

test('in production nothing is made by itself', () => {
  const data = folder();
  const secrets = secretsOf(data, { production: true });
  expect(() => secrets.read('recovery-key')).toThrow('RUKUN_RECOVERY_KEY_FILE');
  expect(readdirSync(data)).toEqual([]);
  writeFileSync(join(data, 'audit-key.txt'), 'made with the command\n');
  expect(secretsOf(data, { production: true }).read('audit-key')).toBe('made with the command');
  expect(readFileSync(join(data, 'audit-key.txt'), 'utf8')).toBe('made with the command\n');
});
