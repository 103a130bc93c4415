import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../emulator.ts";
import { startEmulator } from "../start-emulator.ts";
import { bannerOf } from "./banner.ts";
import { CommandError } from "./command-error.ts";
import { type Environment, credentialsFrom } from "./credentials.ts";
import { engineLine, engineObject } from "./event-lines.ts";
import type { Paint } from "./paint.ts";
import { readQuirks } from "./quirk-flags.ts";
import { assertSoundInstalled } from "./sound.ts";

const PORT = 4010;
const NUMBER = "+15550100000";
const LOOPBACK = "127.0.0.1";

export interface CommandFlags {
  port?: number;
  /** The first one is the ready event's number. */
  number?: string[];
  voiceUrl?: string;
  applicationVoiceUrl?: string;
  origin?: string[];
  /** A port; true: any free one. */
  https?: number | true;
  authority?: string;
  ca?: string;
  host?: string;
  allowHost?: string[];
  /** True: without a name and a value. */
  quirk?: string[] | true;
}

/** What the command gets of the program that runs it. */
export interface CommandContext {
  readonly output: {
    readonly paint: Paint;
    /** Prints a line for people. Silent when programs read. */
    line(text: string): void;
    /** Prints an object as a line of JSON. Silent when people read. */
    event(value: object): void;
    /** Prints a message on stderr for people. */
    info(text: string): void;
  };
  readonly env: Environment;
  readonly interrupted: AbortSignal;
}

const OPEN_TO_OTHERS =
  "Other machines that reach this port can call numbers, read the inspector and set faults without a password.\n";

/** The first line with `--json`. */
function readyEvent({ url, https, credentials, numbers, applications }: Emulator): object {
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  const [number, application] = [numbers[0]?.phoneNumber, applications[0]?.sid];
  const secure = https ? { https: https.url, authority: https.authority } : {};
  return { event: "ready", url, ...secure, accountSid, authToken, apiKey, apiSecret, number, application };
}

function listenError(thrown: unknown, host: string, port: number): unknown {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE")
    return new CommandError(
      `Port ${port} is already in use.`,
      "Stop the other program, or pass --port 0 for any free port.",
      thrown,
    );
  if (code === "EADDRNOTAVAIL")
    return new CommandError(
      `This machine has no address ${host}.`,
      "Pass one that it has, or 0.0.0.0 for all of them.",
      thrown,
    );
  if (code !== "EACCES") return thrown;
  return new CommandError(`This user may not listen on port ${port}.`, "Pass a port above 1023.", thrown);
}

/** @throws CommandError if the file holds no certificate */
function readCa(file: string | undefined): { webhookCa?: string } {
  if (file === undefined) return {};
  try {
    const certificate = new X509Certificate(readFileSync(file));
    return { webhookCa: certificate.toString() };
  } catch (thrown) {
    throw new CommandError(
      `${file} holds no certificate.`,
      "Pass the authority's certificate as PEM.",
      thrown,
    );
  }
}

async function start(flags: CommandFlags, env: Environment): Promise<Emulator> {
  const { number: ownNumber, application: sid, ...credentials } = credentialsFrom(env);
  const port = flags.port ?? PORT;
  const voiceUrl = flags.voiceUrl === undefined ? {} : { voiceUrl: flags.voiceUrl };
  const numbers = (flags.number ?? [ownNumber ?? NUMBER]).map((phoneNumber) => ({
    phoneNumber,
    ...voiceUrl,
  }));
  const { applicationVoiceUrl, origin: origins = [], allowHost: allowedHosts = [], host = LOOPBACK } = flags;
  const applications = applicationVoiceUrl ? [{ voiceUrl: applicationVoiceUrl, ...(sid && { sid }) }] : [];
  const folder = flags.authority ?? join(homedir(), ".local-twilio");
  const https =
    flags.https === undefined
      ? {}
      : { https: { folder, ...(flags.https !== true && { port: flags.https }) } };
  const options = {
    port,
    host,
    allowedHosts,
    numbers,
    applications,
    origins,
    ...https,
    quirks: readQuirks(flags.quirk ?? []),
    ...readCa(flags.ca),
    ...credentials,
  };
  return startEmulator(options).catch((thrown: unknown) => {
    throw listenError(thrown, host, port);
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Runs an emulator until it is interrupted. @throws CommandError if the port is in use or a variable is malformed */
export async function runEmulator(
  flags: CommandFlags,
  { output, env, interrupted }: CommandContext,
): Promise<number> {
  assertSoundInstalled();
  const running = await start(flags, env);
  output.event(readyEvent(running));
  for (const line of bannerOf(running, output.paint)) output.line(line);
  if (flags.host !== undefined && flags.host !== LOOPBACK) output.info(OPEN_TO_OTHERS);
  running.engine.onEvent((event) => {
    output.event(engineObject(event));
    output.line(engineLine(event, output.paint));
  });
  await untilAborted(interrupted);
  output.info("\nStopping: hanging up calls and closing the port.");
  await running.close();
  return 0;
}
