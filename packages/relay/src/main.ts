#!/usr/bin/env node
import { runCli } from './cli/cli.ts';

// What it makes is for its owner only, the database as well.
process.umask(0o077);
const exitCode = await runCli(process.argv.slice(2));
if (exitCode !== null) process.exitCode = exitCode;
