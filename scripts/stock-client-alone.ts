import { RelayProcess } from '../tests/support/relay-process.ts';
import { demoApi } from '../tests/support/demo-api.ts';
import { householdsOnDisk } from '../tests/support/relay-database.ts';
import { stockClient, synced } from '../tests/support/stock-client.ts';

/** Keeps a stock y-websocket client alone in a room: `node scripts/stock-client-alone.ts [minutes]`, 10 by default. */
const minutes = Number(process.argv[2] ?? 10);
const relay = new RelayProcess();
await relay.start();
const url = `http://localhost:${relay.port}`;
const { token, me } = await demoApi(url, 'petugas1');
const area = me.areas[0]?.id;
const document =
  [...householdsOnDisk(relay.data)].find(([, household]) => household.area === area)?.[0] ?? '';
const { doc, provider } = await stockClient(url, token, document);
const changes: string[] = [];
provider.on('status', ({ status }) => changes.push(status));
await synced(provider);
console.log(`synced with ${document}: ${doc.getMap('answers').size} prelisted answers`);
await new Promise((resolve) => {
  setTimeout(resolve, minutes * 60_000);
});
doc.getMap('answers').set('303', '2');
await new Promise<void>((resolve) => {
  const look = (): void => {
    if (householdsOnDisk(relay.data).get(document)?.answers['303'] === '2') resolve();
    else setTimeout(look, 100);
  };
  look();
});
console.log(
  `after ${minutes} minutes alone: status changes ${JSON.stringify(changes)}; an edit made now is stored`,
);
provider.destroy();
await relay.remove();
