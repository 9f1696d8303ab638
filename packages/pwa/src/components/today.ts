import { systemClock } from '../platform/clock.ts';

/** Today on this device, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date(systemClock.now());
  const part = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
