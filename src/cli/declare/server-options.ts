import { type Command, Option } from "commander";
import { parseDuration } from "../times.ts";

/** How long each answer may take. @param help with the default in it */
export function timeoutOption(help: string): Option {
  return new Option("--timeout <duration>", help).argParser(parseDuration);
}

/** The options of every command that asks a running server. */
export function withServerOptions(command: Command): Command {
  return command
    .option("--server <url>", "a server elsewhere (default: the one that was started in this folder)")
    .addOption(timeoutOption("how long to wait for the server (default: 10s)"));
}

/** The same for commands that show customers' numbers. */
export function withNumbers(command: Command): Command {
  return withServerOptions(
    command.option("--numbers", "show customers' numbers as they are (default: masked)"),
  );
}

/** Words of the help, used by every command that takes one. */
export const CONFERENCE: readonly [name: string, description: string] = [
  "[conference]",
  "the call's SID, its conference's SID, or an ending of either of 4 characters or more",
];
