import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { InstantMs } from '../foundation/index.ts';
import { LIMITS } from './limits.ts';
import { Malformed, readList, TooLarge, writeList } from './wire.ts';

/** From this clock on, the structs of `client` were written at `at` (device time); resolution one minute. */
export interface TimeMark {
  readonly client: number;
  readonly clock: number;
  readonly at: InstantMs;
}

/** The last moment a Date can hold. */
export const LATEST_MS = 8.64e15;
const MINUTE_MS = 60_000;

/** By client id: clocks and minutes as steps from the mark before, since most are small. */
export function writeMarks(out: encoding.Encoder, marks: readonly TimeMark[]): void {
  const byClient = new Map<number, TimeMark[]>();
  for (const mark of marks) {
    const group = byClient.get(mark.client);
    if (group) group.push(mark);
    else byClient.set(mark.client, [mark]);
  }
  let minute = 0;
  writeList(out, [...byClient], ([client, group]) => {
    encoding.writeVarUint(out, client);
    let clock = 0;
    writeList(
      out,
      group.sort((a, b) => a.clock - b.clock),
      (mark) => {
        const at = Math.floor(mark.at / MINUTE_MS);
        encoding.writeVarUint(out, mark.clock - clock);
        encoding.writeVarInt(out, at - minute);
        clock = mark.clock;
        minute = at;
      },
    );
  });
}

/** Reads marks; by client id, then by clock. */
export function readMarks(input: decoding.Decoder): TimeMark[] {
  let minute = 0;
  const groups = readList(input, LIMITS.exchangeMarks, () => {
    const client = decoding.readVarUint(input);
    let clock = 0;
    return readList(input, LIMITS.exchangeMarks, (): TimeMark => {
      clock += decoding.readVarUint(input);
      minute += decoding.readVarInt(input);
      if (!Number.isSafeInteger(clock) || minute < 0 || minute * MINUTE_MS > LATEST_MS) throw new Malformed();
      return { client, clock, at: minute * MINUTE_MS };
    });
  });
  const marks = groups.flat();
  if (marks.length > LIMITS.exchangeMarks) throw new TooLarge();
  return marks;
}
