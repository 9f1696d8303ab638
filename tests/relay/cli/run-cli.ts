import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../packages/relay/src/main.ts');

interface Running {
  readonly process: ChildProcess;
  readonly output: { out: string; err: string };
  readonly ended: Promise<number | null>;
  url(): Promise<string>;
}

/** An empty folder, removed when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rukun-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Runs the command line in a process of its own, killed when the test ends. */
export function run(...args: string[]): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { out: '', err: '' };
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const said = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.out += text;
      if (output.out.split('\n').length > 2) resolve();
    });
  });
  const url = async () => {
    await Promise.race([said, ended]);
    const found = /^listening (http:\/\/localhost:\d+)\n/.exec(output.out)?.[1];
    if (found === undefined) throw new Error(`it did not listen: ${output.err}`);
    return found;
  };
  return { process: child, output, ended, url };
}
