import type { RelayContext } from '../context.ts';

/** What a device that has just ended still holds in memory goes: its tickets, and its live connections with the code. */
export function shutOut(
  { rooms, tickets }: Pick<RelayContext, 'rooms' | 'tickets'>,
  device: string,
  code: 'unauthenticated' | 'revoked',
): void {
  tickets.forgetDevice(device);
  rooms.closeDevice(device, code);
}
