import { fail, isRole, ok, type Result } from '@rukun/core/foundation';
import type { DocumentName, Me, SignInAnswer, SignInRequest } from '@rukun/core/protocol';
import type { AuditTransport } from '@rukun/core/sync';
import type { Network } from '../platform/network.ts';

/** The relay's HTTP interface, answers checked. The token is read anew for every request. */
export class RelayClient implements AuditTransport {
  readonly #network: Network;
  readonly #token: () => string;
  #abandoned = new AbortController();

  constructor(network: Network, token: () => string) {
    this.#network = network;
    this.#token = token;
  }

  async signIn(request: SignInRequest): Promise<Result<SignInAnswer>> {
    const answer = await this.#network.json('POST', '/api/sign-in', '', request);
    if (!answer.ok) return answer;
    const { value } = answer;
    if (!isRecord(value) || typeof value['token'] !== 'string' || !isMe(value['me']))
      return fail('malformed');
    return ok({ token: value['token'], me: value['me'] });
  }

  async me(): Promise<Result<Me>> {
    const answer = await this.#network.json('GET', '/api/me', this.#token());
    if (!answer.ok) return answer;
    return isMe(answer.value) ? ok(answer.value) : fail('malformed');
  }

  async signOut(token: string): Promise<void> {
    await this.#network.json('POST', '/api/sign-out', token);
  }

  /** The person leaves: exchanges that are under way end with a failure. */
  abandon(): void {
    this.#abandoned.abort();
    this.#abandoned = new AbortController();
  }

  async ticket(document: DocumentName): Promise<Result<string>> {
    const answer = await this.#network.json('POST', '/api/tickets', this.#token(), { document });
    if (!answer.ok) return answer;
    const { value } = answer;
    return isRecord(value) && typeof value['ticket'] === 'string' ? ok(value['ticket']) : fail('malformed');
  }

  /** What is asked by address alone: JSON that its reader has to check. */
  async ask(path: string): Promise<Result<unknown>> {
    return this.#network.json('GET', path, this.#token());
  }

  /** The same for bytes. */
  async askBytes(path: string): Promise<Result<Uint8Array>> {
    return this.#network.bytes(path, this.#token());
  }

  async exchange(body: Uint8Array): Promise<Result<Uint8Array>> {
    // Whoever it was for has left; a refusal would be taken for one of the next person's.
    if (this.#token() === '') return fail('unavailable');
    return this.#network.exchange(this.#token(), body, this.#abandoned.signal);
  }

  async audit(body: Uint8Array): Promise<Result<Uint8Array>> {
    if (this.#token() === '') return fail('unavailable');
    return this.#network.audit(this.#token(), body, this.#abandoned.signal);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMe(value: unknown): value is Me {
  if (!isRecord(value) || !isRecord(value['device']) || !isRecord(value['enumeration'])) return false;
  const { person, device, areas, people, boards } = value;
  return (
    isPerson(person) &&
    typeof device['id'] === 'string' &&
    typeof device['tag'] === 'string' &&
    Array.isArray(areas) &&
    areas.every(
      (area) => isRecord(area) && typeof area['id'] === 'string' && typeof area['name'] === 'string',
    ) &&
    Array.isArray(people) &&
    people.every(isPerson) &&
    Array.isArray(boards) &&
    boards.every((board) => typeof board === 'string')
  );
}

function isPerson(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['name'] === 'string' &&
    isRole(value['role'])
  );
}
