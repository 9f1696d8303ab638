import { expect, test } from 'vitest';
import type { PositionReading } from '../../../packages/pwa/src/app/app.ts';
import { devicePosition } from '../../../packages/pwa/src/platform/position.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function receiver() {
  let heard: PositionCallback = () => undefined;
  let refused: PositionErrorCallback = () => undefined;
  const stopped: number[] = [];
  const geolocation = {
    watchPosition(success: PositionCallback, error: PositionErrorCallback) {
      heard = success;
      refused = error;
      return 5;
    },
    clearWatch: (watch: number) => stopped.push(watch),
  } as unknown as Geolocation;
  return {
    geolocation,
    stopped,
    fix: (accuracy: number) => {
      heard({ coords: { latitude: 1, longitude: 124, accuracy } } as GeolocationPosition);
    },
    refuse: (code: number) => {
      refused({ code, PERMISSION_DENIED: 1 } as GeolocationPositionError);
    },
  };
}

test('offers only what is better than before, counts all, and stops after a minute', () => {
  const clock = new VirtualClock();
  const { geolocation, fix, stopped } = receiver();
  const offered: PositionReading[] = [];
  devicePosition(clock, geolocation).watch(
    (reading) => offered.push(reading),
    () => undefined,
  );
  for (const accuracy of [50, 80, 12]) fix(accuracy);
  expect(offered.map(({ accuracyMetres, readings }) => [accuracyMetres, readings])).toEqual([
    [50, 1],
    [12, 3],
  ]);
  clock.advance(60_000);
  expect(stopped).toEqual([5]);
});

test('says why there is none, and leaves no timer behind', () => {
  const clock = new VirtualClock();
  const { geolocation, refuse } = receiver();
  const reasons: string[] = [];
  const stop = devicePosition(clock, geolocation).watch(
    () => undefined,
    (reason) => reasons.push(reason),
  );
  refuse(2);
  refuse(1);
  stop();
  devicePosition(clock, undefined).watch(
    () => undefined,
    (reason) => reasons.push(reason),
  );
  expect(reasons).toEqual(['unavailable', 'denied', 'unavailable']);
  expect(clock.waiting).toBe(0);
});
