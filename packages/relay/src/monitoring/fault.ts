/** The kind of a fault and where it happened, for the log; never its message, which may hold what people wrote. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /\/([\w-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1] ?? '';
  return `${error.name} ${place}`.trim();
}
