import { expect, test } from 'vitest';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { openRelay } from '../support/open-relay.ts';

const PATH = '/.well-known/security.txt';

test('who found a weakness is told whom to write to, as the owner of the relay set it', async () => {
  const clock = new VirtualClock(Date.parse('2026-11-22T00:00:00Z'));
  const { url } = await openRelay({ clock, network: { securityContact: 'https://relay.example/report' } });
  const answer = await fetch(url + PATH);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
  expect((await answer.text()).split('\n')).toEqual([
    'Contact: https://relay.example/report',
    'Expires: 2027-05-21T00:00:00.000Z',
    'Preferred-Languages: id, en',
    '',
  ]);
});

test('no address is made up where none was set', async () => {
  const { url } = await openRelay();
  expect((await fetch(url + PATH)).status).toBe(404);
});
