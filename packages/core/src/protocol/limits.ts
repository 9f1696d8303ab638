/** Sizes and times both ends keep to. Bytes unless the name says otherwise. */
export const LIMITS = {
  /** One Yjs update, V1, decoded from its item or frame. */
  updateBytes: 512 * 1024,
  /** An exchange body as received, compressed. */
  exchangeCompressedBytes: 1024 * 1024,
  /** An exchange body after decompression. */
  exchangeBytes: 4 * 1024 * 1024,
  /** Items in one exchange request. */
  exchangeItems: 1000,
  /** Time marks of one item. */
  exchangeMarks: 10_000,
  /** Documents one exchange may name to be sent whole. */
  wholeDocuments: 64,
  /** Erasures one answer tells of. */
  erasures: 1000,
  /** Documents one audit may leave out. */
  wantedDocuments: 5000,
  /** What a device aims to send up in one exchange request, before compression: a cut link loses at most this. */
  exchangeAimBytes: 512 * 1024,
  /** What the relay aims to send down in one exchange answer, before compression. */
  answerAimBytes: 256 * 1024,
  /** One WebSocket frame. */
  frameBytes: 512 * 1024 + 1024,
  /** Awareness state of one connection, JSON. */
  awarenessBytes: 4 * 1024,
  /** One answer or other value, as UTF-16 code units of a string. */
  valueLength: 4000,
  /** A key in a map, and the name of a root. */
  keyLength: 64,
  rootLength: 128,
  /** Root maps in one document. */
  roots: 2000,
  /** A file of people to import: about 100,000 of them. */
  importBytes: 8 * 1024 * 1024,
  /** JSON bodies (sign-in, tickets). */
  jsonBytes: 16 * 1024,
  /** A ticket lives this long before it is used. */
  ticketMs: 30_000,
  /** Some data flows on a live connection at least this often; stock clients give up after 30 s of silence. */
  keepAliveMs: 20_000,
} as const;
