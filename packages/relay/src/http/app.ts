import { Hono } from 'hono';
import type { RelayContext } from '../context.ts';
import { reportFault } from '../monitoring/fault.ts';
import { authenticate, type SessionEnv } from './authenticate.ts';
import { guardOrigins } from './cross-origin-guard.ts';
import { errorResponse } from './error-response.ts';
import { identifyPeer } from './identify-peer.ts';
import { auditRoute } from './routes/audit.ts';
import { devicesRoute, personDevicesRoute } from './routes/devices.ts';
import { eraseRoute } from './routes/erase.ts';
import { exchangeRoute } from './routes/exchange.ts';
import { handInRoute } from './routes/hand-in.ts';
import { healthRoute } from './routes/health.ts';
import { historyRoute } from './routes/history.ts';
import { meRoute } from './routes/me.ts';
import { passwordRoute } from './routes/password.ts';
import { quarantineRoute } from './routes/quarantine.ts';
import { readersRoute } from './routes/readers.ts';
import { peopleImportRoute } from './routes/people-import.ts';
import { peopleRoute } from './routes/people.ts';
import { refreshRoute } from './routes/refresh.ts';
import { securityTxtRoute } from './routes/security-txt.ts';
import { signInRoute } from './routes/sign-in.ts';
import { signOutRoute } from './routes/sign-out.ts';
import { ticketsRoute } from './routes/tickets.ts';
import { vaultKeyRoute } from './routes/vault-key.ts';
import { securityHeaders } from './security-headers.ts';
import { tellTurnedAway } from './tell-turned-away.ts';

/** Everything the relay answers over HTTP. Requests are not logged: their paths name documents. */
export function createApp(context: RelayContext): Hono<SessionEnv> {
  const { storage, recorder, log, app: files, network, proxies, clock } = context;
  const app = new Hono<SessionEnv>();
  const isSignedIn = authenticate(storage, clock, { oneTime: false });
  app.use(identifyPeer(proxies));
  app.use(securityHeaders);
  app.use(tellTurnedAway(recorder));
  app.use('/api/*', guardOrigins(network.allowedOrigins));
  app.route('/api/health', healthRoute(storage));
  app.route('/api/sign-in', signInRoute(context));
  app.route('/api/refresh', refreshRoute(context));
  app.route('/api/sign-out', signOutRoute(context));
  app.route('/api/hand-in', handInRoute(context));
  app.use('/api/password', authenticate(storage, clock, { oneTime: true }));
  app.route('/api/password', passwordRoute(context));
  for (const path of [
    'me',
    'tickets',
    'exchange',
    'audit',
    'vault-key',
    'documents/*',
    'people/*',
    'quarantine/*',
    'devices/*',
  ])
    app.use(`/api/${path}`, isSignedIn);
  app.route('/api/me', meRoute(context));
  app.route('/api/tickets', ticketsRoute(context));
  app.route('/api/exchange', exchangeRoute(context));
  app.route('/api/audit', auditRoute(context));
  app.route('/api/vault-key', vaultKeyRoute(context));
  app.route('/api/people', peopleRoute(context));
  app.route('/api/people/import', peopleImportRoute(context));
  app.route('/api/people', personDevicesRoute(context));
  app.route('/api/devices', devicesRoute(context));
  app.route('/api/quarantine', quarantineRoute(context));
  app.route('/api/documents', historyRoute(context));
  app.route('/api/documents', readersRoute(context));
  app.route('/api/documents', eraseRoute(context));
  app.all('/api/*', () => errorResponse({ code: 'not-found' }));
  app.route('/.well-known/security.txt', securityTxtRoute(network.securityContact, clock));
  app.get('*', async ({ req }) => {
    const found = await files.respond(req.raw, req.path);
    return found ?? new Response('not found\n', { status: 404 });
  });
  app.notFound(() => errorResponse({ code: 'not-found' }));
  app.onError((error) => errorResponse({ code: reportFault(log, 'http.failed', error) }));
  return app;
}
