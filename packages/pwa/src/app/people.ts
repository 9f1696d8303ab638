import { fail, isErrorCode, isRole, ok, type Result } from '@rukun/core/foundation';
import {
  isImportReason,
  type ImportLine,
  type ImportReport,
  type PasswordSlip,
  type PersonEntry,
} from '@rukun/core/people';
import type { DeviceInfo } from '@rukun/core/protocol';
import type { ImportOutcome, PeopleControl } from './app.ts';
import type { RelayClient } from './relay-client.ts';

/** People and devices, asked of the relay and checked; nothing of it is kept on the device. */
export function openPeople(client: Pick<RelayClient, 'ask' | 'tell' | 'sendFile'>): PeopleControl {
  const done = async (answer: Promise<Result<unknown>>): Promise<Result<null>> => {
    const said = await answer;
    return said.ok ? ok(null) : said;
  };
  return {
    async search(request) {
      const answer = await client.tell('POST', '/api/people/search', request);
      if (!answer.ok) return answer;
      const { people, total } = recordOf(answer.value);
      return Array.isArray(people) && people.every(isPerson) && typeof total === 'number'
        ? ok({ people, total })
        : fail('malformed');
    },
    change: (person, patch) => done(client.tell('PATCH', `/api/people/${person}`, patch)),
    async devices(person) {
      const answer = await client.ask(`/api/people/${person}/devices`);
      if (!answer.ok) return answer;
      const { value } = answer;
      return Array.isArray(value) && value.every(isDevice) ? ok(value) : fail('malformed');
    },
    revoke: (device) => done(client.tell('POST', `/api/devices/${device}/revoke`, {})),
    async resetPassword(person) {
      const answer = await client.tell('POST', `/api/people/${person}/reset-password`, {});
      if (!answer.ok) return answer;
      const { password } = recordOf(answer.value);
      return typeof password === 'string' ? ok(password) : fail('malformed');
    },
    async check(file) {
      const never = new AbortController().signal;
      const outcome = await readImport(client, 'check', file, () => undefined, never);
      return outcome.ok ? ok(outcome.value.report) : outcome;
    },
    import: (file, progress, calledOff) => readImport(client, 'apply', file, progress, calledOff),
  };
}

async function readImport(
  client: Pick<RelayClient, 'sendFile'>,
  mode: 'check' | 'apply',
  file: Blob,
  progress: (done: number, of: number) => void,
  calledOff: AbortSignal,
): Promise<Result<ImportOutcome>> {
  const slips: PasswordSlip[] = [];
  let outcome: Result<ImportOutcome> | null = null;
  const heard = (value: unknown): void => {
    const line = readLine(value);
    if (line?.kind === 'progress') progress(line.done, line.of);
    if (line?.kind === 'slip') slips.push(line);
    if (line?.kind === 'failure') outcome = fail(line.code);
    if (line?.kind === 'report') outcome = ok({ report: line.report, isImported: line.isImported, slips });
  };
  const sent = await client.sendFile(`/api/people/import?mode=${mode}`, file, heard, calledOff);
  if (outcome) return outcome;
  const failed = sent.ok ? fail('unavailable') : sent;
  return slips.length > 0 ? await afterSlips(client, file, slips, failed) : failed;
}

/** The answer was cut off after the slips: the people were stored, if the same file changes nothing any more. */
async function afterSlips(
  client: Pick<RelayClient, 'sendFile'>,
  file: Blob,
  slips: readonly PasswordSlip[],
  failed: Result<ImportOutcome>,
): Promise<Result<ImportOutcome>> {
  const checked = await readImport(client, 'check', file, () => undefined, new AbortController().signal);
  if (!checked.ok) return failed;
  const { report } = checked.value;
  if (report.faultyRows > 0 || report.unchanged < report.rows) return failed;
  const stored = { ...report, added: slips.length, unchanged: report.rows - slips.length };
  return ok({ report: stored, isImported: true, slips });
}

function readLine(value: unknown): ImportLine | null {
  const line = recordOf(value);
  const isLine =
    (line['kind'] === 'progress' && typeof line['done'] === 'number' && typeof line['of'] === 'number') ||
    (line['kind'] === 'slip' &&
      [line['userName'], line['name'], line['password']].every(isText) &&
      isRole(line['role'])) ||
    (line['kind'] === 'failure' && isErrorCode(line['code'])) ||
    (line['kind'] === 'report' && isReport(line['report']) && typeof line['isImported'] === 'boolean');
  return isLine ? (value as ImportLine) : null;
}

function isReport(value: unknown): value is ImportReport {
  const { rows, added, changed, unchanged, faultyRows, faults } = recordOf(value);
  return (
    [rows, added, changed, unchanged, faultyRows].every((count) => typeof count === 'number') &&
    Array.isArray(faults) &&
    faults.every((fault) => {
      const { line, column, reason } = recordOf(fault);
      return typeof line === 'number' && (column === null || isText(column)) && isImportReason(reason);
    })
  );
}

function isPerson(value: unknown): value is PersonEntry {
  const { id, userName, name, role, code, area, mustChangePassword, devices, mayManage } = recordOf(value);
  return (
    [id, userName, name, code, area].every(isText) &&
    isRole(role) &&
    typeof devices === 'number' &&
    typeof mustChangePassword === 'boolean' &&
    typeof mayManage === 'boolean'
  );
}

function isDevice(value: unknown): value is DeviceInfo {
  const { id, label, enrolledAt, lastSeenAt, isThis } = recordOf(value);
  return (
    [id, label].every(isText) &&
    [enrolledAt, lastSeenAt].every((at) => typeof at === 'number') &&
    typeof isThis === 'boolean'
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
