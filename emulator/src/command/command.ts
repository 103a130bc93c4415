import { isIP } from "node:net";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Quirks } from "../quirks.ts";
import type { CommandContext, CommandFlags } from "./run.ts";
import type { TriggerFlags } from "./trigger-call.ts";

export { CommandError } from "./command-error.ts";
export { assertSoundInstalled } from "./sound.ts";

/** As in `credentials.ts`, which help and completion do not load. */
const E164 = /^\+[1-9]\d{6,14}$/;

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("Pass a port from 0 (any free one) to 65535.");
}

function parseNumbers(text: string, before: readonly string[] = []): string[] {
  const number = text.replace(/[\s().-]/g, "");
  if (!E164.test(number))
    throw new InvalidArgumentError("Pass an E.164 number: + and the country code, as in +1 555 000 1111.");
  if (before.includes(number)) throw new InvalidArgumentError("This number was given twice.");
  return [...before, number];
}

function parseWebAddress(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("Pass a URL that starts with http:// or https://.");
}

/** A name or an address, without a port. */
const HOST = /^([a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\])$/i;

function parseAllowedHosts(text: string, before: readonly string[] = []): string[] {
  if (!HOST.test(text))
    throw new InvalidArgumentError("Pass a name or an address without a port, as in twilio or 192.168.1.5.");
  return [...before, text];
}

function parseHost(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new InvalidArgumentError("Pass an IP address of this machine, or 0.0.0.0 for all of them.");
}

const parseOrigins = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  parseWebAddress(text),
];

/** `--quirk name=value`, which may be repeated. Alone it lists the quirks. */
export function quirkOption(): Option {
  return new Option(
    "--quirk [name=value]",
    "a variant of what Twilio leaves open; repeatable; alone it lists them",
  ).argParser((text: string, before?: string[] | true) => before === true || [...(before ?? []), text]);
}

/** What `--quirk` options choose. Loads the quirks. @throws CommandError that lists names and values */
export async function readQuirks(given: readonly string[] | true | undefined): Promise<Partial<Quirks>> {
  return given === undefined ? {} : (await import("./quirk-flags.ts")).readQuirks(given);
}

function parseCalled(text: string): string {
  return /^app:AP[0-9a-f]{32}$/.test(text) ? text : (parseNumbers(text)[0] ?? "");
}

const parseCaller = (text: string): string =>
  /^client:[^?\s]+$/.test(text) ? text : (parseNumbers(text)[0] ?? "");

function parseKeys(text: string): string {
  if (/^[0-9*#]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError("Pass keys from 0 to 9, * and #.");
}

function parseSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= 3_600) return seconds;
  throw new InvalidArgumentError("Pass seconds from 0 to 3600.");
}

type Examples = readonly (readonly [line: string, meaning: string])[];

function withExamples(command: Command, examples: Examples): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, meaning]) => `  $ ${line.padEnd(width)}   ${meaning}`);
  return command.addHelpText("before", () =>
    [command.createHelp().styleTitle("Examples:"), ...lines, ""].join("\n"),
  );
}

/**
 * Gives a command of commander what makes a scripted customer ring a running emulator.
 * @param name the line that starts the command, for its examples
 * @param findEmulator an emulator's URL, unless a flag names one
 */
export function defineTriggerCall(
  command: Command,
  name: string,
  run: RunAction,
  findEmulator?: () => Promise<string | undefined>,
): Command {
  command
    .summary("a scripted customer rings a running emulator")
    .description(
      "A scripted customer rings a number of a running emulator. Prints what the customer hears and how the call ends; exits with 0 if it was answered.",
    )
    .option(
      "--emulator <url>",
      "URL of the emulator (default: a running sandbox's, or port 4010)",
      parseWebAddress,
    )
    .option("--from <number>", "the customer's number, or client:NAME (default: +15550100123)", parseCaller)
    .option("--to <number>", "a number of the emulator, or app:AP… (default: its first)", parseCalled)
    .option("--press <keys>", "keys that the customer presses", parseKeys)
    .option("--press-after <seconds>", "when, after the answer (default: 2)", parseSeconds)
    .option("--talk <seconds>", "hang up that long after the answer (default: 10)", parseSeconds)
    .option("--timeout <seconds>", "how long to wait for an answer (default: 60)", parseSeconds)
    .action((flags: TriggerFlags) =>
      run(async (context) => {
        const found = flags.emulator === undefined ? await findEmulator?.() : undefined;
        return (await import("./trigger-call.ts")).triggerCall(flags, context, found);
      }),
    );
  return withExamples(command, [
    [name, "rings the first number"],
    [`${name} --press 1 --talk 20`, "presses a key, and talks for 20 s"],
    [`${name} --emulator http://127.0.0.1:4011`, "at another emulator"],
  ]);
}

function examplesOf(command: string): Examples {
  return [
    [command, "on port 4010, with generated credentials"],
    [`${command} --voice-url http://127.0.0.1:3000/voice`, "calls go to your app"],
    [`${command} --host 0.0.0.0 --allow-host twilio`, "for other containers"],
    [`${command} --quirk declineAs=no-answer`, "as Twilio may behave, too"],
    [`${command} --port 0 --json`, "for scripts: the first line has URL and credentials"],
  ];
}

/** Receives the work of the action: it returns an exit code, and rejects with a `CommandError` for what its user can fix. */
export type RunAction = (work: (context: CommandContext) => Promise<number>) => Promise<void>;

/**
 * Gives a command of commander the emulator's description, options, examples and action. The emulator itself is loaded only
 * when the action runs.
 * @param name the line that starts the command, for its examples
 */
export function defineCommand(command: Command, name: string, run: RunAction): Command {
  defineTriggerCall(
    command.command("trigger").summary("let a scripted customer call").helpCommand(false).command("call"),
    `${name} trigger call`,
    run,
  );
  command
    .description(
      "Runs a local Twilio for any voice app. TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET " +
        "TWILIO_NUMBER and TWILIO_TWIML_APP_SID come from the environment; those that are not set are generated.",
    )
    .option("--port <number>", "0 = any free one (default: 4010)", parsePort)
    .option(
      "--number <number>",
      "a phone number of the account, as in +1 555 000 1111; repeatable",
      parseNumbers,
    )
    .option("--voice-url <address>", "the app's webhook for calls to its numbers", parseWebAddress)
    .option(
      "--application-voice-url <address>",
      "the app's webhook for calls that browsers start: makes a TwiML application",
      parseWebAddress,
    )
    .option(
      "--https [port]",
      "serve TLS besides, as https://api.twilio.com, and proxy HTTPS requests to it (default: any free port)",
      parsePort,
    )
    .option("--authority <folder>", "keeps the certificate authority of --https (default: ~/.local-twilio)")
    .option("--ca <file>", "a certificate authority (PEM) that the emulator trusts for https:// webhooks")
    .option(
      "--origin <address>",
      "origin of the pages that may connect, beside a --voice-url on this machine; repeatable",
      parseOrigins,
    )
    .option(
      "--host <address>",
      "listen there instead of on 127.0.0.1, and let in whoever reaches it: only REST asks for a password",
      parseHost,
    )
    .option(
      "--allow-host <name>",
      "answer to this name, too, as in http://NAME:4010; repeatable",
      parseAllowedHosts,
    )
    .addOption(quirkOption())
    .action((flags: CommandFlags) =>
      run(async (context) => (await import("./run.ts")).runEmulator(flags, context)),
    );
  return withExamples(command, examplesOf(name));
}
