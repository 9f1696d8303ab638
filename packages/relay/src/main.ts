#!/usr/bin/env node
import { runCli } from './cli/cli.ts';

const exitCode = await runCli(process.argv.slice(2));
if (exitCode !== null) process.exitCode = exitCode;
