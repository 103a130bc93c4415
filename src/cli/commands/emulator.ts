import { type Emulator, startEmulator } from "local-twilio";
import { assertInstalled } from "../../optional.ts";
import type { Environment } from "../terminal/colour.ts";
import type { Context } from "../context.ts";
import { emulatorBanner } from "./emulator/banner.ts";
import { credentialsFrom } from "./emulator/credentials.ts";
import { engineLine, engineObject } from "./emulator/event-lines.ts";
import { DONE } from "../exit-codes.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { portError } from "../port-error.ts";

const PORT = 4010;
const NUMBER = "+15550100000";

export interface EmulatorFlags {
  port?: number;
  /** The first one is the ready event's number. */
  number?: string[];
  voiceUrl?: string;
  origin?: string[];
}

/** The first line of `emulator --json`. */
function readyEvent({ url, credentials, numbers }: Emulator): object {
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  return { event: "ready", url, accountSid, authToken, apiKey, apiSecret, number: numbers[0]?.phoneNumber };
}

function start(flags: EmulatorFlags, env: Environment): Promise<Emulator> {
  const { number: ownNumber, ...credentials } = credentialsFrom(env);
  const port = flags.port ?? PORT;
  const voiceUrl = flags.voiceUrl === undefined ? {} : { voiceUrl: flags.voiceUrl };
  const numbers = (flags.number ?? [ownNumber ?? NUMBER]).map((phoneNumber) => ({
    phoneNumber,
    ...voiceUrl,
  }));
  return startEmulator({ port, numbers, origins: flags.origin ?? [], ...credentials }).catch(
    (thrown: unknown) => {
      throw portError(thrown, port, "--port");
    },
  );
}

/** Runs a local Twilio until Ctrl-C. @throws AppError config if the port is in use or a variable is malformed */
export async function emulator(flags: EmulatorFlags, { output, env, interrupted }: Context): Promise<number> {
  assertInstalled("node-datachannel");
  const running = await start(flags, env);
  output.event(readyEvent(running));
  for (const line of emulatorBanner(running, output.paint)) output.line(line);
  running.engine.onEvent((event) => {
    output.event(engineObject(event));
    output.line(engineLine(event, output.paint));
  });
  await untilAborted(interrupted);
  output.info("\nStopping: hanging up calls and closing the port.");
  await running.close();
  return DONE;
}
