import type { Clock } from '@rukun/core/foundation';
import type { PositionControl, PositionReading } from '../app/app.ts';

/** Positions are compared for this long; the best one so far is always offered. */
const WATCH_MS = 60_000;

/** The device's position: fresh ones only, as exact as it can, in the background. */
export function devicePosition(clock: Clock, geolocation: Geolocation | undefined): PositionControl {
  return {
    watch(better, failed) {
      if (!geolocation) {
        failed('unavailable');
        return () => undefined;
      }
      let best: PositionReading | null = null;
      let readings = 0;
      const watch = geolocation.watchPosition(
        ({ coords: { latitude, longitude, accuracy } }) => {
          readings++;
          if (best !== null && accuracy >= best.accuracyMetres) return;
          best = { latitude, longitude, accuracyMetres: accuracy, readings };
          better(best);
        },
        (error) => {
          if (error.code === error.PERMISSION_DENIED) failed('denied');
          else if (best === null) failed('unavailable');
        },
        { enableHighAccuracy: true, maximumAge: 0, timeout: WATCH_MS },
      );
      const cancelTimer = clock.after(WATCH_MS, stop);
      function stop(): void {
        cancelTimer();
        geolocation?.clearWatch(watch);
      }
      return stop;
    },
  };
}
