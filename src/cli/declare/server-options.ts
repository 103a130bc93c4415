import { type Command, Option } from "commander";
import { parseDuration } from "../times.ts";

/** @param help names the default */
export function timeoutOption(help: string): Option {
  return new Option("--timeout <duration>", help).argParser(parseDuration);
}

/** The options of every command that needs a running server. */
export function withServerOptions(command: Command): Command {
  return command
    .option("--server <url>", "URL of the server (default: the one started in this folder)")
    .addOption(timeoutOption("time-out of each request (default: 10s)"));
}

/** The same, for commands that show customers' numbers. */
export function withNumbers(command: Command): Command {
  return withServerOptions(command.option("--numbers", "show customers' numbers unmasked"));
}

export const CONFERENCE: readonly [name: string, description: string] = [
  "[conference]",
  "the SID of the call or conference, or the last 4 or more characters of either",
];
