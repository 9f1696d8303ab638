import { fail, isRole, ok, type Result } from '@rukun/core/foundation';
import type {
  DocumentName,
  Me,
  PasswordRequest,
  SignInAnswer,
  SignInRequest,
  VaultKeyRequest,
} from '@rukun/core/protocol';
import type { AuditTransport } from '@rukun/core/sync';
import type { Network } from '../platform/network.ts';
import { parseTokens, type Tokens } from './tokens.ts';

/** The relay's HTTP interface, answers checked. A token that is past its time is replaced on the way. */
export class RelayClient implements AuditTransport {
  readonly #network: Network;
  readonly #tokens: Tokens;
  readonly #revoked: () => void;
  #abandoned = new AbortController();

  /** `revoked`: the relay has shut this device out. */
  constructor(network: Network, tokens: Tokens, revoked: () => void) {
    this.#network = network;
    this.#tokens = tokens;
    this.#revoked = revoked;
  }

  async signIn(request: SignInRequest): Promise<Result<SignInAnswer>> {
    const answer = await this.#network.json('POST', '/api/sign-in', '', request);
    if (!answer.ok) return answer;
    const { value } = answer;
    const tokens = parseTokens(value);
    if (tokens === null || !isRecord(value) || !isMe(value['me'])) return fail('malformed');
    return ok({ ...tokens, me: value['me'] });
  }

  /** The own password in the place of the one-time one that somebody has just signed in with. */
  async replacePassword(token: string, current: string, next: string | undefined): Promise<Result<null>> {
    if (next === undefined) return fail('password-change');
    const answer = await this.#network.json('POST', '/api/password', token, { current, next });
    return answer.ok ? ok(null) : answer;
  }

  async changePassword(request: PasswordRequest): Promise<Result<null>> {
    const answer = await this.#asMe((token) => this.#network.json('POST', '/api/password', token, request));
    return answer.ok ? ok(null) : answer;
  }

  async me(): Promise<Result<Me>> {
    const answer = await this.#asMe((token) => this.#network.json('GET', '/api/me', token));
    if (!answer.ok) return answer;
    return isMe(answer.value) ? ok(answer.value) : fail('malformed');
  }

  /** The data key of a vault, as the centre opens it for whoever that token belongs to. */
  async openVaultKey(
    token: string,
    { keyId, sealed }: { readonly keyId: string; readonly sealed: Uint8Array },
  ): Promise<Result<Uint8Array>> {
    const request: VaultKeyRequest = { keyId, sealed: btoa(String.fromCharCode(...sealed)) };
    const answer = await this.#network.json('POST', '/api/vault-key', token, request);
    if (!answer.ok) return answer;
    const { value } = answer;
    if (!isRecord(value) || typeof value['key'] !== 'string') return fail('malformed');
    return ok(Uint8Array.from(atob(value['key']), (each) => each.charCodeAt(0)));
  }

  /** Takes either token, since the person has left by now. */
  async signOut(token: string): Promise<void> {
    await this.#network.json('POST', '/api/sign-out', token);
  }

  /** The person leaves: exchanges that are under way end with a failure. */
  abandon(): void {
    this.#abandoned.abort();
    this.#abandoned = new AbortController();
  }

  async ticket(document: DocumentName): Promise<Result<string>> {
    const answer = await this.#asMe((token) =>
      this.#network.json('POST', '/api/tickets', token, { document }),
    );
    if (!answer.ok) return answer;
    const { value } = answer;
    return isRecord(value) && typeof value['ticket'] === 'string' ? ok(value['ticket']) : fail('malformed');
  }

  /** What is asked by address alone: JSON that its reader has to check. */
  async ask(path: string): Promise<Result<unknown>> {
    return this.#asMe((token) => this.#network.json('GET', path, token));
  }

  /** What is asked or told with a body: JSON that its reader has to check, null for an empty answer. */
  async tell(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<Result<unknown>> {
    return this.#asMe((token) => this.#network.json(method, path, token, body));
  }

  /** Sends a file; the answer comes line by line, to be checked. */
  async sendFile(
    path: string,
    file: Blob,
    heard: (line: unknown) => void,
    calledOff: AbortSignal,
  ): Promise<Result<null>> {
    return this.#asMe((token) => this.#network.lines(path, token, file, heard, calledOff));
  }

  /** The same for bytes. */
  async askBytes(path: string): Promise<Result<Uint8Array>> {
    return this.#asMe((token) => this.#network.bytes(path, token));
  }

  async exchange(body: Uint8Array): Promise<Result<Uint8Array>> {
    const abandoned = this.#abandoned.signal;
    return this.#asMe((token) => this.#network.exchange(token, body, abandoned));
  }

  async audit(body: Uint8Array): Promise<Result<Uint8Array>> {
    const abandoned = this.#abandoned.signal;
    return this.#asMe((token) => this.#network.audit(token, body, abandoned));
  }

  /** With a good access token. Once the person has left, nothing goes out: a refusal would be taken for one of the next's. */
  async #asMe<T>(send: (token: string) => Promise<Result<T>>): Promise<Result<T>> {
    const abandoned = this.#abandoned.signal;
    const answer = await this.#sendAsMe(send);
    if (!answer.ok && answer.failure.code === 'revoked' && !abandoned.aborted) this.#revoked();
    // Somebody gave this person a one-time password meanwhile: they sign in with it.
    if (!answer.ok && answer.failure.code === 'password-change') return fail('unauthenticated');
    return answer;
  }

  async #sendAsMe<T>(send: (token: string) => Promise<Result<T>>): Promise<Result<T>> {
    const abandoned = this.#abandoned.signal;
    const token = await this.#tokens.access();
    if (!token.ok) return token;
    const answer = await send(token.value);
    if (answer.ok || answer.failure.code !== 'expired') return answer;
    const fresh = await this.#tokens.renew(token.value);
    if (abandoned.aborted) return fail('unavailable');
    return fresh.ok ? send(fresh.value) : fresh;
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
