/** Below this the header of gzip costs more than it saves. */
const WORTH_BYTES = 1024;

/** The bytes compressed, or null where that is not worth it. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null> {
  if (bytes.byteLength < WORTH_BYTES) return null;
  const compressed = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}
