import type { Doc } from 'yjs';
import type { GeneratedHousehold } from '../documents/households.ts';
import type { ServerProcess } from '../machine/server-process.ts';
import type { Door } from './bare-socket.ts';

/** One of those that are measured: a server as its makers ship it, and clients that talk to it. */
export interface Contender {
  readonly name: ContenderName;
  /** The letters of the measures it has a part in. */
  readonly takesPart: string;
  /** Starts a server with nothing stored, in a folder of its own. */
  open(): Promise<Centre>;
  /** The same with so many prelisted families stored. */
  openStocked(documents: number): Promise<Centre>;
}

export const CONTENDERS = ['rukun', 'y-websocket', 'y-websocket+leveldb', 'hocuspocus', 'pouchdb'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** A server with its data, over several starts. */
export interface Centre {
  /** The present process. */
  readonly server: ServerProcess;
  readonly port: number;
  /** Where the officer's households lie; '' where there are no areas. */
  readonly area: string;
  /** The officer's id at this centre. */
  readonly person: string;
  /** Starts it again on the same data, after it was stopped or killed. */
  start(): Promise<void>;
  /** A new device that works offline and catches up; signed in already where there is a sign-in. */
  phone(): Promise<Phone>;
  /** Opens a document that is stored, live, with the contender's own client library. Rejects if it has no live documents. */
  sit(document: string): Promise<Sitting>;
  /** How a bare socket gets into a document that is stored: for many frames a second, and for bad ones. One use. */
  door(document: string): Promise<Door>;
  /** Resolves once a client has got the content of a stored document, which has an answer to 101. */
  fetch(document: string): Promise<void>;
  /** Stops the server and removes its data. */
  close(): Promise<void>;
}

export interface Phone {
  /** Names of stored documents it is to fetch, for those that cannot ask the centre which there are. */
  expect(documents: readonly string[]): void;
  /** Takes a household into the device's store, as recorded offline. */
  record(household: GeneratedHousehold): Promise<void>;
  /** Changes one answer of a household the device has. */
  edit(document: string, question: string, value: string): Promise<void>;
  /**
   * Sends everything and fetches everything over new connections to `port`; resolves once the device has been told that
   * all of it arrived, in whatever way the contender tells.
   */
  catchUp(port: number): Promise<void>;
  /** The value of a family answer on this device, undefined if it is not there. */
  answer(document: string, question: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A client in a live document. */
export interface Sitting {
  readonly doc: Doc;
  close(): void;
}
