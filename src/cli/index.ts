#!/usr/bin/env node
import process, { argv, env, stderr, stdout } from "node:process";
import { toAppError } from "../errors.ts";
import { paintFor } from "./colour.ts";
import { INTERRUPTED, exitCodeOf } from "./exit-codes.ts";
import { watchInterrupts } from "./interrupts.ts";
import { createOutput } from "./output.ts";
import { formatError } from "./print-error.ts";
import { runProgram } from "./program.ts";

const words = argv.slice(2);
// Known before the words are understood, because what cannot be understood is reported in the same form.
const json = words.includes("--json");
const debug = words.includes("--debug");
const { asked, insisted } = watchInterrupts(process, stdout);

async function main(): Promise<number> {
  try {
    return await runProgram(words, { output: createOutput(stdout, stderr, env, json), env, asked });
  } catch (thrown) {
    const error = toAppError(thrown);
    stderr.write(formatError(error, { json, debug, paint: paintFor(stderr.isTTY, env) }));
    return exitCodeOf(error.category);
  }
}

process.exit(await Promise.race([main(), insisted.then(() => INTERRUPTED)]));
