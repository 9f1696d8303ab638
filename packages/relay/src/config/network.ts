import { isIP } from 'node:net';

/** How much of the relay one client may hold, and for how long. */
interface NetworkLimits {
  /** All headers of a request, bytes; more is answered with 431. */
  readonly headerBytes: number;
  /** From the first byte of a connection or request to the last of its headers. */
  readonly headersMs: number;
  /** From there to the last byte of the body: 1 MB over a link of 100 kbit/s takes 84 s. */
  readonly requestMs: number;
  /** A connection that waits for its next request. */
  readonly keepAliveMs: number;
  /** A connection on which nothing moves while it is answered, such as a client that never reads. */
  readonly silenceMs: number;
  /** How often the times above are looked at. */
  readonly lookMs: number;
  /** Connections of all clients together. */
  readonly connections: number;
  /** Connections from one address (IPv6: one /64); mobile networks put thousands of phones behind one. Proxies are not counted. */
  readonly connectionsPerAddress: number;
  /** WebSockets that were turned away and have not closed yet; more are cut at once. */
  readonly turnedAway: number;
}

/** Where certificate and key lie, PEM. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** How the relay meets the network. */
export interface NetworkConfig {
  readonly tls: TlsFiles | null;
  /** Addresses or subnets (`10.0.0.0/8`) whose X-Forwarded-For, -Proto and -Host are believed. */
  readonly trustedProxies: readonly string[];
  /** Other origins (`https://example.id`) whose pages may call the API and open live connections. */
  readonly allowedOrigins: readonly string[];
  /** Where to report a vulnerability, a `mailto:` or `https:` address, for `/.well-known/security.txt`. */
  readonly securityContact: string | null;
  readonly limits: NetworkLimits;
}

/** Plain HTTP, no proxy, no other origin. */
export const CLOSED_NETWORK: NetworkConfig = {
  tls: null,
  trustedProxies: [],
  allowedOrigins: [],
  securityContact: null,
  limits: {
    headerBytes: 16 * 1024,
    headersMs: 10_000,
    requestMs: 120_000,
    keepAliveMs: 30_000,
    silenceMs: 120_000,
    lookMs: 5000,
    connections: 20_000,
    connectionsPerAddress: 2000,
    turnedAway: 256,
  },
};

/** The network settings as texts; '' is unset. Lists are separated by commas. */
export interface RawNetwork {
  readonly 'tls-cert': string;
  readonly 'tls-key': string;
  readonly 'trust-proxy': string;
  readonly 'allow-origin': string;
  readonly 'security-contact': string;
  readonly 'connections-per-address': string;
}

/** Reads the network settings; a sentence for each that is wrong goes into `faults`. */
export function readNetwork(raw: RawNetwork, faults: string[]): NetworkConfig {
  const { limits } = CLOSED_NETWORK;
  const trustedProxies = listOf(raw['trust-proxy']);
  for (const each of trustedProxies)
    if (!isAddressRange(each)) faults.push(`not an address or subnet to trust as a proxy: ${each}`);
  const allowedOrigins = listOf(raw['allow-origin']);
  for (const each of allowedOrigins)
    if (!isOrigin(each)) faults.push(`not an origin like https://example.id: ${each}`);
  const securityContact = raw['security-contact'] || null;
  if (securityContact !== null && !/^(mailto:|https:\/\/)[!-~]+$/.test(securityContact))
    faults.push('the security contact is not a mailto: or https: address');
  const most = raw['connections-per-address'];
  if (most !== '' && !/^[1-9]\d{0,5}$/.test(most)) faults.push(`not a number of connections: ${most}`);
  const connectionsPerAddress = most === '' ? limits.connectionsPerAddress : Number(most);
  const { 'tls-cert': cert, 'tls-key': key } = raw;
  if ((cert === '') !== (key === '')) faults.push('TLS needs a certificate and a key, not one of them');
  return {
    tls: cert === '' || key === '' ? null : { cert, key },
    trustedProxies,
    allowedOrigins,
    securityContact,
    limits: { ...limits, connectionsPerAddress },
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
