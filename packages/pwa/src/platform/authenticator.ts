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

/** The authenticator of this device; how it is spoken to is loaded by those who use it. */
export const platformAuthenticator: Authenticator = {
  async isPossible() {
    if (!('PublicKeyCredential' in globalThis)) return false;
    return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
  },
  async register(name, salt) {
    return (await import('./authenticator-prf.ts')).register(name, salt);
  },
  async secret(id, salt) {
    return (await import('./authenticator-prf.ts')).secret(id, salt);
  },
};
