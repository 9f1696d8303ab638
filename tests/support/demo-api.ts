import type { SignInAnswer } from '@rukun/core/protocol';

/** The password of everybody in the demonstration, as `npm start` prints it. */
export const PASSWORD = 'rukun-tetangga';

/** Signs a person of the demonstration in on a device of its own, by the relay's interface. */
export async function demoApi(
  url: string,
  userName: string,
): Promise<SignInAnswer & { readonly token: string; get(path: string): Promise<unknown> }> {
  const signedIn = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userName, password: PASSWORD, deviceLabel: 'test' }),
  });
  if (!signedIn.ok) throw new Error(`sign-in failed with ${signedIn.status}`);
  const answer = (await signedIn.json()) as SignInAnswer;
  const token = answer.accessToken;
  const headers = { authorization: `Bearer ${token}` };
  return { ...answer, token, get: async (path) => (await fetch(`${url}/api/${path}`, { headers })).json() };
}
