import type { Authenticator } from './authenticator.ts';

const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 60_000;

/** The secret again. */
export const secret: Authenticator['secret'] = async (id, salt) => {
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
};

/** Makes a key pair that keeps a secret. */
export const register: Authenticator['register'] = async (name, salt) => {
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
  const kept = await secret(id, salt);
  return kept && { id, secret: kept };
};

function bytesOf(source: BufferSource | undefined): Uint8Array | null {
  if (source === undefined) return null;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
}
