import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Who sends a request, and how they reached this relay: through trusted proxies as well as directly. */
export interface Peer {
  /** IPv4 address, or the /64 of an IPv6 address, which one household or phone has to itself. For limits; never for a log. */
  readonly address: string;
  /** What was between the client and the relay, or its proxy. */
  readonly scheme: 'http' | 'https';
  /** The host the client asked for, with the port unless it is the scheme's own. */
  readonly host: string;
}

/** Addresses and subnets as a list that can be asked. Takes what was checked with the settings. */
export function addressList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Who sends a request. `X-Forwarded-*` count only where the connection comes from a trusted proxy, and of a chain of addresses
 * the last that is not such a proxy's: what stands before it, the client may have written itself.
 */
export function peerOf({ headers, socket }: IncomingMessage, proxies: BlockList): Peer {
  const direct = plainAddress(socket.remoteAddress ?? '');
  const host = headers.host ?? '';
  const scheme = socket instanceof TLSSocket ? 'https' : 'http';
  if (!isIn(proxies, direct)) return { address: networkOf(direct), scheme, host };
  const chain = valuesOf(headers['x-forwarded-for']).map((each) => plainAddress(withoutPort(each)));
  const address = chain.findLast((each) => !isIn(proxies, each)) ?? direct;
  const isSecure = valuesOf(headers['x-forwarded-proto']).at(-1) === 'https';
  return {
    address: networkOf(isIP(address) === 0 ? direct : address),
    scheme: isSecure ? 'https' : scheme,
    host: valuesOf(headers['x-forwarded-host']).at(-1) ?? host,
  };
}

/** Whether an address is one of a list's. */
export function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that came as IPv6 as what it is; nothing about the interface. */
export function plainAddress(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.replace(/%.*$/, '');
}

/** Some proxies name the port as well: `192.0.2.7:5678`, `[2001:db8::1]:5678`. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}

/** The address itself, or of an IPv6 address the first 64 bits. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : 8 - groups.length - after;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...(tail ?? '').split(':')];
  const first = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(':')}::/64`;
}

function valuesOf(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
