/** The thread of one hostile client: says `in` once it has been let in, and begins when told. */
import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { Orders } from './attacker.ts';

const { url, protocols, hello, awaitsWelcome, reads, frames } = workerData as Orders;
const socket = new WebSocket(url, [...protocols], { perMessageDeflate: false, maxPayload: 0 });
const say = (what: string): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(what);
};
socket.on('open', () => {
  for (const frame of hello) socket.send(frame);
  if (!awaitsWelcome) say('in');
});
if (awaitsWelcome) socket.once('message', () => say('in'));
socket.on('error', () => undefined);
parentPort?.on('message', () => {
  if (!reads) socket.pause();
  for (const frame of frames) socket.send(frame);
});
