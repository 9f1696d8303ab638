import { createMiddleware } from 'hono/factory';
import type { PeerEnv } from './identify-peer.ts';

/**
 * Nothing from elsewhere, nothing inline; markup and script addresses only by the two named policies, Lit's and that of
 * `packages/pwa/src/platform/trusted-script.ts`. 'self' covers the live connections: same host and port, ws or wss.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html rukun',
].join('; ');

/** What the app uses of a device, for its own pages; what else browsers know by name and the app has no use for is closed. */
const USED = ['clipboard-write', 'geolocation', 'publickey-credentials-create', 'publickey-credentials-get'];
const CLOSED = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const PERMISSIONS = [...USED.map((name) => `${name}=(self)`), ...CLOSED.map((name) => `${name}=()`)].join(
  ', ',
);

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': PERMISSIONS,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A year, this host only: what else its owner runs under the name is not ours to decide. */
const HSTS = 'max-age=31536000';

/** Sets the headers every answer carries; answers of the API are never kept by caches. Who came by https stays there. */
export const securityHeaders = createMiddleware<PeerEnv>(async (context, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
  if (context.get('peer').scheme === 'https') context.header('strict-transport-security', HSTS);
  if (context.req.path.startsWith('/api/')) context.header('cache-control', 'no-store');
});
