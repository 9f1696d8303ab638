import type { Seal } from './seal.ts';

/** A value as sealed JSON. */
export function sealJson(seal: Seal, value: unknown): Promise<Uint8Array> {
  return seal.seal(new TextEncoder().encode(JSON.stringify(value)));
}

/** The value again; it was written by this app, possibly by another version of it. */
export async function openJson(seal: Seal, bytes: Uint8Array): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await seal.open(bytes))) as unknown;
}
