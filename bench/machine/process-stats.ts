import { readFileSync, writeFileSync } from 'node:fs';

/** Ticks of the processor clock that Linux counts in, per second. */
export const TICKS_PER_SECOND = 100;

/** Processor time a process has used so far, user and system, seconds. Throws if it is gone or there is no /proc. */
export function cpuSeconds(pid: number): number {
  return ticks(pid, 11, 12) / TICKS_PER_SECOND;
}

/** Processor time of the children of a process that have ended, seconds. */
export function endedChildrenSeconds(pid: number): number {
  return ticks(pid, 13, 14) / TICKS_PER_SECOND;
}

function ticks(pid: number, ...places: readonly number[]): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return places.reduce((sum, place) => sum + Number(fields[place]), 0);
}

/** Memory a process holds at this moment, bytes. */
export function residentBytes(pid: number): number {
  return status(pid, 'VmRSS');
}

/** The most memory a process has held since {@link forgetPeak}, bytes. */
export function peakBytes(pid: number): number {
  return status(pid, 'VmHWM');
}

/** Lets {@link peakBytes} count from here. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function status(pid: number, field: string): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
    readFileSync(`/proc/${pid}/status`, 'utf8'),
  )?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no ${field}`);
  return Number(kilobytes) * 1024;
}
