#!/usr/bin/env node
import process, { argv, env, stderr, stdout } from "node:process";
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CommandError } from "./command-error.ts";
import { defineCommand } from "./command.ts";
import { createPaint } from "./paint.ts";
import type { CommandContext } from "./run.ts";

const INTERRUPTED = 130;

const interrupted = new AbortController();
/** The first signal hangs up the calls; a second one ends the process at once. */
function interrupt(): void {
  if (interrupted.signal.aborted) process.exit(INTERRUPTED);
  interrupted.abort();
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupt);
// The reader of the output has gone.
stdout.on("error", () => interrupted.abort());

/** Colours and line breaks. */
// oxlint-disable-next-line no-control-regex -- colours start with the escape character
const ALLOWED = /(\u001b\[\d+m|\n)/;

/** Apps choose what is said: no other control character of theirs reaches the terminal. */
const printable = (text: string): string =>
  text
    .split(ALLOWED)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\p{Cc}/gu, "\ufffd")))
    .join("");

/** Of package.json, two folders above this file in `src` and in `dist`. */
function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function contextFor(json: boolean): CommandContext {
  const coloured = stdout.isTTY && !env.NO_COLOR && env.TERM !== "dumb";
  return {
    output: {
      paint: createPaint(coloured && !json),
      line: (text) => void (json || stdout.write(`${printable(text)}\n`)),
      event: (value) => void (json && stdout.write(`${JSON.stringify(value)}\n`)),
      info: (text) => void (json || stderr.write(`${text}\n`)),
    },
    env,
    interrupted: interrupted.signal,
  };
}

const program = new Command("local-twilio")
  .version(readVersion(), "-v, --version", "print the version")
  .option("--json", "print one JSON object per line")
  .exitOverride();
defineCommand(program, "local-twilio", async (work) => {
  process.exitCode = await work(contextFor(program.opts().json === true));
});

try {
  await program.parseAsync(argv);
} catch (thrown) {
  if (thrown instanceof CommandError) stderr.write(`error: ${thrown.message}\nhint: ${thrown.hint}\n`);
  else if (!(thrown instanceof CommanderError)) throw thrown;
  process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof CommandError) process.exitCode = thrown.exitCode;
}
