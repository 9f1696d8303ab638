import { expect, test } from 'vitest';
import { SUBPROTOCOLS } from '@rukun/core/protocol';
import { DEMO_PASSWORD } from '../../../packages/relay/src/demo/demo.ts';
import { LiveClient } from '../support/live-client.ts';
import { TestDevice } from '../support/test-device.ts';
import { folder, run } from './run-cli.ts';

/** What nobody may find in the log: what was typed, who typed it, and about whom. */
const TYPED = {
  '108': 'MARTHEN WOWILING',
  '107': 'JALAN KELAPA 12',
} as const;
const LATER = ['7102990101800001', 'SALAH-KETIK-RAHASIA'];

test('what people type, who they are and what they ask for stand nowhere in what a relay says while it works, fails and ends', async () => {
  const relay = run('serve', '--demo', '--port', '0', '--data', folder());
  const url = await relay.url();
  const device = await TestDevice.signIn(url, 'petugas1', DEMO_PASSWORD);
  await device.exchange();
  const [document] = device.copies.keys();
  if (!document) throw new Error('no family');
  for (const [question, value] of Object.entries(TYPED)) device.copy(document).answer(question, value);
  const { receipts } = await device.exchange([device.item(document)]);
  expect(receipts.map(({ status }) => status)).toEqual(['stored']);

  const wrong = { userName: LATER[1], password: LATER[0], deviceLabel: 'Marthen' };
  const post = (path: string, body: string) => fetch(url + path, { method: 'POST', body });
  await post('/api/sign-in', JSON.stringify(wrong));
  await post('/api/sign-in', `{"userName": ${LATER[1]}`);
  await fetch(`${url}/api/documents/${document}/history?path=${LATER[0]}`);
  await device.fetch(`/api/documents/household/${LATER[0]}/history`);
  await device.fetch('/api/exchange', { method: 'POST', body: Buffer.from(LATER.join()) });
  const protocols = [SUBPROTOCOLS.stored, `${SUBPROTOCOLS.ticketPrefix}${LATER[1]}`];
  await new LiveClient(url, document, protocols).closed;
  relay.process.kill('SIGTERM');
  expect(await relay.ended).toBe(0);

  const said = relay.output.err;
  expect(said).toContain('"event":"audit.head"');
  const people = ['petugas1', device.me.person.name, device.me.person.id, device.me.device.id, device.token];
  const secret = [...Object.values(TYPED), ...LATER, ...people, document, 'Marthen', 'answers/'];
  expect(secret.filter((each) => said.includes(each))).toEqual([]);
}, 60_000);
