import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NewFile } from '../../../packages/relay/src/cli/people/new-file.ts';
import { folder } from './run-cli.ts';

function begin(name: string): NewFile {
  const file = NewFile.make(name);
  if (typeof file === 'string') throw new Error(file);
  file.write('sandi');
  file.sync();
  return file;
}

test('passwords that are kept are under their name, for their owner only', () => {
  const place = folder();
  const name = join(place, 'passwords.csv');
  const file = begin(name);
  expect(file.keep()).toBe(name);
  file.discard();
  expect(readdirSync(place)).toEqual(['passwords.csv']);
  expect([readFileSync(name, 'utf8'), statSync(name).mode & 0o777]).toEqual(['sandi', 0o600]);
});

test('where somebody took the name meanwhile the passwords of people who were added stay beside it', () => {
  const name = join(folder(), 'passwords.csv');
  const file = begin(name);
  writeFileSync(name, 'somebody else');
  expect(file.keep()).toBe(`${name}.part`);
  file.discard();
  expect(readFileSync(`${name}.part`, 'utf8')).toBe('sandi');
  expect(readFileSync(name, 'utf8')).toBe('somebody else');
});

test('what was not kept is gone', () => {
  const name = join(folder(), 'passwords.csv');
  begin(name).discard();
  expect([existsSync(name), existsSync(`${name}.part`)]).toEqual([false, false]);
});
