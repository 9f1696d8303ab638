import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { TestDevice } from '../support/test-device.ts';
import { folder, run } from './run-cli.ts';

test('[EP6] what a running relay acknowledged before a backup is there after its restore; devices get everything anew', async () => {
  const data = folder();
  const relay = run('serve', '--demo', '--port', '0', '--data', data);
  const device = await TestDevice.signIn(await relay.url(), 'petugas1', DEMO_PASSWORD);
  await device.exchange();
  const [document] = device.copies.keys();
  if (!document) throw new Error('no family');
  device.copy(document).answer('303', 54);
  const { receipts } = await device.exchange([device.item(document)]);
  expect(receipts.map(({ status }) => status)).toEqual(['stored']);

  const file = join(folder(), 'rukun.sqlite');
  const backup = run('backup', file, '--data', data);
  expect(await backup.ended).toBe(0);
  expect(backup.output.out).toContain(`backed up ${data}`);
  expect(await run('restore', file, '--data', data).ended).toBe(1);
  expect((await device.exchange()).changes).toEqual([]);
  relay.process.kill('SIGKILL');
  await relay.ended;

  const refused = run('restore', file, '--data', data);
  expect(await refused.ended).toBe(1);
  expect(refused.output.err).toContain('--force');
  const elsewhere = folder();
  for (const key of ['audit-key.txt', 'vault-recovery.pem'])
    copyFileSync(join(data, key), join(elsewhere, key));
  expect(await run('restore', file, '--data', elsewhere).ended).toBe(0);
  expect(await run('audit', 'verify', '--data', elsewhere).ended).toBe(0);
  const again = run('serve', '--port', '0', '--data', elsewhere);
  const restored = Object.assign(Object.create(TestDevice.prototype) as TestDevice, device, {
    url: await again.url(),
  });
  const answer = await restored.exchange();
  expect(answer.epoch).not.toBe('');
  expect(answer.changes).toHaveLength(device.copies.size);
  const history = await restored.history(document);
  expect(history.filter(({ path }) => path === 'answers/303')).toMatchObject([
    { value: 54, by: device.me.person.id },
  ]);
}, 60_000);
