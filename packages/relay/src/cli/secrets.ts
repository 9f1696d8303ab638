import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeSecretFile, SECRET_NAMES, SECRETS, SecretUnavailable } from '../config/secrets.ts';
import { systemRandom } from '../monitoring/system.ts';

/** `rukun secrets <folder>`: makes every secret as a file of its own and says what to set; the exit code. */
export function runSecrets(folder: string): number {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    for (const name of SECRET_NAMES) {
      makeSecretFile(path, name, systemRandom);
      const { environment, file } = SECRETS[name];
      console.log(`${environment}_FILE=${path}/${file}`);
    }
    return 0;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (!(error instanceof SecretUnavailable) && typeof code !== 'string') throw error;
    console.error(
      `cannot make the secrets: ${error instanceof SecretUnavailable ? error.reason : String(code)}`,
    );
    return 1;
  }
}
