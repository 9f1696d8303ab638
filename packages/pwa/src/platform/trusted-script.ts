/** As far as it is used here; browsers without it check nothing. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

const SERVICE_WORKER = '/service-worker.js';

/**
 * The address of the service worker, vouched for: the page's security policy lets no other text become a script. `rukun` is the
 * policy named in the relay's header (`packages/relay/src/http/security-headers.ts`) and is made once.
 */
export function serviceWorkerAddress(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return SERVICE_WORKER;
  const policy = trustedTypes.createPolicy('rukun', {
    createScriptURL(address) {
      if (address !== SERVICE_WORKER) throw new TypeError('not a script of this app');
      return address;
    },
  });
  return policy.createScriptURL(SERVICE_WORKER);
}
