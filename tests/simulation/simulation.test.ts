import { expect, test } from 'vitest';
import { run } from './run.ts';

const SEEDS = Number(process.env['RUKUN_RUNS'] ?? 20);
const FROM = Number(process.env['RUKUN_SEED'] ?? 1);

test('runs', async () => {
  let answers = 0;
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    const report = await run(seed).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`, {
        cause: error,
      });
    });
    answers += report.answers;
  }
  expect(answers).toBeGreaterThan(0);
}, 600_000);
