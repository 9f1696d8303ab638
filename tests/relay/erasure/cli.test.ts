import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { folder, run } from '../cli/run-cli.ts';
import { TestDevice } from '../support/test-device.ts';
import { foundInDatabase, foundInFiles } from './raw-scan.ts';

const SECRET = 'ZULAIKHA WIBISONO';

test('[ER10] rukun erase lists, asks and erases in a stopped folder; the audit log still verifies; backups on the shelf follow', async () => {
  const data = folder();
  const relay = run('serve', '--demo', '--port', '0', '--data', data);
  const device = await TestDevice.signIn(await relay.url(), 'petugas1', DEMO_PASSWORD);
  await device.exchange();
  const [document] = device.copies.keys();
  if (!document) throw new Error('no family');
  const { household } = device.copy(document);
  const member = household.addMember();
  household.answer({ member, question: '402' }, SECRET);
  household.answer({ member: null, question: 'RESP' }, SECRET);
  const { receipts } = await device.exchange([device.item(document)]);
  expect(receipts).toMatchObject([{ status: 'stored' }]);
  const shelf = folder();
  const backup = join(shelf, 'backup.sqlite');
  expect(await run('backup', backup, '--data', data).ended).toBe(0);
  const command = ['erase', document, '--member', member, '--request', 'S-12/2026', '--data', data];
  const inUse = run(...command, '--yes');
  expect(await inUse.ended).toBe(1);
  expect(inUse.output.err).toContain('in use');
  relay.process.kill('SIGTERM');
  await relay.ended;

  expect(await run('erase', document, '--data', data).ended).toBe(2);
  const dry = run(...command, '--dry-run');
  expect(await dry.ended).toBe(0);
  expect(dry.output.out).toContain(`member/${member}/402  1`);
  expect(dry.output.out).toContain('answers/RESP  1');
  expect(dry.output.out + dry.output.err).not.toContain(SECRET);
  const unsaid = run(...command);
  expect(await unsaid.ended).toBe(1);
  expect(unsaid.output.err).toContain('nothing was erased');
  expect(foundInDatabase(join(data, 'rukun.sqlite'), [SECRET])).not.toEqual([]);
  const done = run(...command, '--yes');
  expect(await done.ended).toBe(0);
  expect(done.output.out).toContain('erased for good');
  expect(foundInFiles(data, [SECRET])).toEqual([]);
  expect(await run(...command, '--yes').ended).toBe(1);

  const verified = run('audit', 'verify', '--data', data);
  expect(await verified.ended, verified.output.err).toBe(0);
  const ledger = readFileSync(join(data, 'erasures.ndjson'), 'utf8');
  expect(JSON.parse(ledger)).toMatchObject({
    document,
    member,
    request: 'S-12/2026',
    by: '',
    fields: ['answers/HP', 'answers/RESP'],
  });

  expect(foundInFiles(shelf, [SECRET])).not.toEqual([]);
  const applied = run('erasure', 'apply', backup, '--data', data);
  expect(await applied.ended).toBe(0);
  expect(applied.output.out).toContain('carried out');
  expect(foundInFiles(shelf, [SECRET])).toEqual([]);
}, 120_000);
