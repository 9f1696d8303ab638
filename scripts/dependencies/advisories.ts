/** A weakness that is known and lived with for a while. */
export interface Accepted {
  /** `GHSA-…` */
  readonly id: string;
  readonly package: string;
  /** Why it does no harm here, or what is done against it. */
  readonly reason: string;
  /** The last day it is accepted, `YYYY-MM-DD`. */
  readonly until: string;
}

interface Advisory {
  readonly id: string;
  readonly package: string;
  readonly severity: string;
  readonly title: string;
}

const SEVERE: ReadonlySet<string> = new Set(['high', 'critical']);

/** The advisories in what `npm audit --json` says; null where it is no report, since the registry has none or did not answer. */
export function readReport(text: string): readonly Advisory[] | null {
  const report = parse(text);
  if (!isRecord(report) || !isRecord(report['vulnerabilities'])) return null;
  const found = new Map<string, Advisory>();
  for (const vulnerability of Object.values(report['vulnerabilities'])) {
    const via = isRecord(vulnerability) && Array.isArray(vulnerability['via']) ? vulnerability['via'] : [];
    for (const each of via.filter(isRecord)) {
      const { url, name, severity, title } = each;
      const id = /GHSA-[\w-]+/.exec(String(url))?.[0] ?? String(url);
      const advisory = { id, package: String(name), severity: String(severity), title: String(title) };
      found.set(`${id} ${advisory.package}`, advisory);
    }
  }
  return [...found.values()];
}

/** What cannot stay as it is, a sentence each: severe advisories that are not accepted, and acceptances whose day is over. */
export function advisoryFaults(
  advisories: readonly Advisory[],
  accepted: readonly Accepted[],
  today: string,
): string[] {
  const holds = (id: string, name: string): boolean =>
    accepted.some((each) => each.id === id && each.package === name && each.until >= today);
  const severe = advisories
    .filter(({ id, package: name, severity }) => SEVERE.has(severity) && !holds(id, name))
    .map(({ id, package: name, severity, title }) => `${name}: ${title} (${severity}, ${id})`);
  return [...severe, ...expired(accepted, today)];
}

/** Acceptances that have to be thought about again, whatever the registry says. */
export function expired(accepted: readonly Accepted[], today: string): string[] {
  return accepted
    .filter(({ until }) => until < today)
    .map(({ id, package: name, until }) => `${name}: ${id} was accepted until ${until} only`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
