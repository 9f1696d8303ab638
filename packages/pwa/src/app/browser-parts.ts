import { windowActivity } from '../platform/activity.ts';
import { platformAuthenticator } from '../platform/authenticator.ts';
import { devicePosition } from '../platform/position.ts';
import { systemClock } from '../platform/clock.ts';
import { windowFrames } from '../platform/frames.ts';
import { fetchNetwork } from '../platform/network.ts';
import { watchVersions } from '../platform/new-version.ts';
import { systemRandom } from '../platform/random.ts';
import { windowStorageQuota } from '../platform/storage-quota.ts';
import { windowSurroundings } from '../platform/surroundings.ts';
import { browserTabs } from '../platform/tabs.ts';
import { plainSeal } from '../stores/plain-seal.ts';
import { VaultSeal } from '../stores/vault-seal.ts';
import type { AppParts } from './context.ts';
import { PIN_ROUNDS } from './pin-rules.ts';

/**
 * Set by the build, and only by that of the test which shows that a profile on disk gives everything away without encryption.
 */
declare const RUKUN_PLAIN: boolean;

/** The real world: this browser, and the relay this page came from. */
export function browserParts(): AppParts {
  return {
    clock: systemClock,
    random: systemRandom,
    frames: windowFrames(systemClock),
    surroundings: windowSurroundings,
    tabs: browserTabs('rukun'),
    network: fetchNetwork(location.origin),
    seal: RUKUN_PLAIN ? plainSeal : new VaultSeal(crypto),
    crypto,
    pinRounds: PIN_ROUNDS,
    activity: windowActivity,
    authenticator: platformAuthenticator,
    quota: windowStorageQuota(navigator.storage),
    position: devicePosition(systemClock, navigator.geolocation),
    version: watchVersions(systemClock),
    Socket: WebSocket,
    liveUrl: `${location.origin.replace(/^http/, 'ws')}/live`,
    databasePrefix: 'rukun',
    deviceLabel: browserLabel(navigator.userAgent),
  };
}

/** `Chrome 142, Android`: enough to tell one's own devices apart. */
function browserLabel(userAgent: string): string {
  const browser = /(Edg|SamsungBrowser|Firefox|Chrome|Safari)\/(\d+)/.exec(userAgent);
  const system = /Android|iPhone|Windows|Mac OS|Linux/.exec(userAgent);
  return [browser ? `${browser[1]} ${browser[2]}` : 'Browser', system?.[0]].filter(Boolean).join(', ');
}
