import { expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { TestDevice } from '../support/test-device.ts';
import { folder, run } from './run-cli.ts';

test('--demo fills an empty folder once and says who can sign in; a second start keeps everything', async () => {
  const data = folder();
  const first = run('serve', '--demo', '--port', '0', '--data', data);
  const url = await first.url();
  expect(first.output.out).toMatch(/petugas1 +rukun-tetangga +Field officer/);
  const device = await TestDevice.signIn(url, 'petugas1', DEMO_PASSWORD);
  const { me } = device;
  expect(me.isDemo).toBe(true);
  expect(me.areas.map(({ target }) => target)).toEqual([55, 38]);
  expect(me.enumeration.from < me.enumeration.to).toBe(true);
  await device.exchange();
  expect(device.copies.size).toBe(93);
  const [copy] = device.copies.values();
  expect(Object.keys(copy?.answers() ?? {}).sort()).toEqual(
    ['101', '102', '103', '104', '105', '106', '107', '108', '114'].sort(),
  );
  expect(copy?.household.snapshot()).toMatchObject({ form: 'REGSOSEK22-K', origin: 'prelist', members: [] });
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = run('serve', '--demo', '--port', '0', '--data', data);
  const again = await second.url();
  const response = await fetch(`${again}/api/me`, { headers: { authorization: `Bearer ${device.token}` } });
  expect(await response.json()).toEqual(me);
}, 30_000);

test('without --demo nobody is made up, and it says what to do next', async () => {
  const relay = run('serve', '--port', '0', '--data', folder());
  const url = await relay.url();
  expect(relay.output.out).toContain('rukun serve --demo');
  await expect(TestDevice.signIn(url, 'petugas1', DEMO_PASSWORD)).rejects.toThrow('401');
}, 30_000);

test('[GT94] two relays do not share a data folder', async () => {
  const data = folder();
  await run('serve', '--port', '0', '--data', data).url();
  const second = run('serve', '--port', '0', '--data', data);
  expect(await second.ended).toBe(1);
  expect(second.output.err).toContain('in use');
}, 30_000);

test.each([
  [['serve', '--port', '99999'], 'not a port'],
  [['serve', '--no-such-flag'], 'no-such-flag'],
  [['dance'], 'rukun serve'],
  [[], 'rukun serve'],
  [['backup'], 'rukun backup FILE'],
  [['restore', 'a', 'b'], 'rukun restore FILE'],
  [['serve', 'x'], 'rukun serve'],
])('%j ends with 2 and says why', async (args, said) => {
  const { ended, output } = run(...args);
  expect(await ended).toBe(2);
  expect(output.err).toContain(said);
});
