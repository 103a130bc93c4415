#!/usr/bin/env node
import process, { argv, env, stderr, stdin, stdout } from "node:process";
import { toAppError } from "../errors.ts";
import { DONE, INTERRUPTED, exitCodeOf } from "./exit-codes.ts";
import { createInput } from "./terminal/input.ts";
import { InterruptedError } from "./terminal/interrupted-error.ts";
import { watchInterrupts } from "./terminal/interrupts.ts";
import { createOutput } from "./terminal/output.ts";
import { runProgram } from "./program.ts";

const words = argv.slice(2);
// Read before parsing, because parse errors are printed in the same form.
const flags = new Set(words.includes("--") ? words.slice(0, words.indexOf("--")) : words);
const [json, debug] = [flags.has("--json"), flags.has("--debug")];
const output = createOutput({ stdout, stderr, env, json, debug });
const mayPrompt = !flags.has("--no-input");
const input = createInput({ stdin, isStderrTerminal: stderr.isTTY, env, mayPrompt });
const { interrupted, isOutputClosed, forced, shutdown } = watchInterrupts(process, [stdout, stderr]);

async function main(): Promise<number> {
  try {
    return await runProgram(words, { output, input, env, cwd: process.cwd(), interrupted, shutdown });
  } catch (thrown) {
    if (thrown instanceof InterruptedError) return INTERRUPTED;
    const error = toAppError(thrown);
    output.error(error);
    return exitCodeOf(error.category);
  }
}

async function forcedExit(): Promise<number> {
  const error = await forced;
  if (error) output.error(error);
  return INTERRUPTED;
}

const code = await Promise.race([main(), forcedExit()]);
process.exit(isOutputClosed() && code === INTERRUPTED ? DONE : code);
