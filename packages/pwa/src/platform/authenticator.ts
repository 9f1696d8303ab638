/** The lock of the phone itself (finger, face, its own PIN), as far as it can keep a secret for us: WebAuthn with PRF. */
export interface Authenticator {
  /** False where the browser or the phone has none; whether it keeps secrets shows only when one is made. */
  isPossible(): Promise<boolean>;
  /** Makes a key pair and returns its id with the secret for `salt`; null if it keeps none, or the person said no. */
  register(
    name: string,
    salt: Uint8Array,
  ): Promise<{ readonly id: Uint8Array; readonly secret: Uint8Array } | null>;
  /** The same secret again, once the person has shown who they are; null if not. */
  secret(id: Uint8Array, salt: Uint8Array): Promise<Uint8Array | null>;
}

const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 60_000;

/** The authenticator of this device. */
export const platformAuthenticator: Authenticator = {
  async isPossible() {
    if (!('PublicKeyCredential' in globalThis)) return false;
    return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  },
  async register(name, salt) {
    const made = await navigator.credentials
      .create({
        publicKey: {
          challenge: crypto.getRandomValues(new Uint8Array(32)),
          rp: { name: 'Rukun' },
          // The phone's own lists show it: initials, and an id that says nothing.
          user: { id: crypto.getRandomValues(new Uint8Array(16)), name, displayName: name },
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
          authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
          timeout: TIMEOUT_MS,
          extensions: { prf: {} },
        },
      })
      .catch(() => null);
    if (!(made instanceof PublicKeyCredential)) return null;
    const { prf } = made.getClientExtensionResults();
    if (!prf?.enabled) return null;
    const id = new Uint8Array(made.rawId);
    // Many tell it only when they are asked again, and it shows that they will tell the same later.
    const secret = await this.secret(id, salt);
    return secret && { id, secret };
  },
  async secret(id, salt) {
    const got = await navigator.credentials
      .get({
        publicKey: {
          challenge: crypto.getRandomValues(new Uint8Array(32)),
          allowCredentials: [{ type: 'public-key', id: id.slice(), transports: ['internal'] }],
          userVerification: 'required',
          timeout: TIMEOUT_MS,
          extensions: { prf: { eval: { first: salt.slice() } } },
        },
      })
      .catch(() => null);
    if (!(got instanceof PublicKeyCredential)) return null;
    return bytesOf(got.getClientExtensionResults().prf?.results?.first);
  },
};

function bytesOf(source: BufferSource | undefined): Uint8Array | null {
  if (source === undefined) return null;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
}
