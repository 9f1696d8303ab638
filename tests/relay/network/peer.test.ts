import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { addressList, networkOf, peerOf } from '../../../packages/relay/src/network/peer.ts';

const PROXIES = addressList(['127.0.0.1', '10.0.0.0/8', '2001:db8:1::/48']);

function request(remoteAddress: string, headers: IncomingMessage['headers'] = {}): IncomingMessage {
  return {
    headers: { host: 'relay:8080', ...headers },
    socket: { remoteAddress },
  } as unknown as IncomingMessage;
}

test.each([
  ['a client is who connects', '203.0.113.7', undefined, '203.0.113.7'],
  ['what a client claims of itself counts for nothing', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['a trusted proxy says who connected to it', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['an IPv4 proxy on an IPv6 socket is the same', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  [
    'what the client wrote before the proxy counts for nothing',
    '127.0.0.1',
    '1.1.1.1, 198.51.100.1',
    '198.51.100.1',
  ],
  ['proxies in a chain are passed over', '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
  ['a chain of nothing but proxies is the nearest', '127.0.0.1', '10.9.9.9', '127.0.0.1'],
  ['what is no address is not taken for one', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['a port beside the address is left out', '127.0.0.1', '198.51.100.1:5678', '198.51.100.1'],
  ['also of IPv6', '127.0.0.1', '[2001:db8:2:3::1]:5678', '2001:db8:2:3::/64'],
  ['IPv6 counts by the first 64 bits', '127.0.0.1', '2001:DB8:2:3:4:5:6:7', '2001:db8:2:3::/64'],
  ['an IPv6 proxy is known by its subnet', '2001:db8:1::9', '2001:db8:9::1', '2001:db8:9:0::/64'],
])('%s', (_what, from, forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(peerOf(request(from, headers), PROXIES)).toMatchObject({ address, scheme: 'http' });
});

test('scheme and host are what the nearest proxy was asked for', () => {
  const headers = { 'x-forwarded-proto': 'http, https', 'x-forwarded-host': 'rukun.example' };
  expect(peerOf(request('10.0.0.1', headers), PROXIES)).toMatchObject({
    scheme: 'https',
    host: 'rukun.example',
  });
  expect(peerOf(request('9.9.9.9', headers), PROXIES)).toMatchObject({ scheme: 'http', host: 'relay:8080' });
});

test.each([
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:a:b::', '2001:db8:a:b::/64'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['192.0.2.1', '192.0.2.1'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
