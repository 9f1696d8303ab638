import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import { Doc } from 'yjs';

interface Connecting {
  readonly url: string;
  readonly document: string;
  readonly doc: Doc;
  readonly token: string;
  readonly options: ConstructorParameters<typeof WebsocketProvider>[3];
}

type Connect = (provider: typeof WebsocketProvider, connecting: Connecting) => WebsocketProvider;

/** The very code that docs/protocol.md gives to people who use the stock provider. */
async function documentedConnect(): Promise<Connect> {
  const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
  const code = /```js\n(export function connectWithTickets[^]*?)```/.exec(page)?.[1];
  if (code === undefined) throw new Error('docs/protocol.md has no connectWithTickets');
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const module = (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
  return module['connectWithTickets'] as Connect;
}

/** A stock `WebsocketProvider` in Node on one document, connected as the documentation shows. */
export async function stockClient(
  url: string,
  token: string,
  document: string,
): Promise<{ doc: Doc; provider: WebsocketProvider }> {
  const connect = await documentedConnect();
  const doc = new Doc();
  const options = { WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket, disableBc: true };
  return { doc, provider: connect(WebsocketProvider, { url, document, doc, token, options }) };
}

/** Resolves when the provider has synced. */
export function synced(provider: WebsocketProvider): Promise<void> {
  return new Promise((resolve) => {
    if (provider.synced) resolve();
    else provider.once('sync', () => resolve());
  });
}
