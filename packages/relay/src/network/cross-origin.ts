import type { Peer } from './peer.ts';

/**
 * Whether a page of this origin may use the relay: its own pages, and those of origins on the list. The scheme counts where the
 * relay knows that the client came by https; otherwise a proxy may have ended TLS without being declared.
 */
export function mayUse(origin: string, peer: Peer, allowed: readonly string[]): boolean {
  if (allowed.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  if (peer.scheme === 'https' && protocol !== 'https:') return false;
  return host !== '' && host === peer.host.toLowerCase();
}
