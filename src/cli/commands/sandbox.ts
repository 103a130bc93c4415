import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";
import { untilAborted } from "../interrupts.ts";
import { banner } from "../sandbox/banner.ts";
import { watchSandbox } from "../sandbox/happenings.ts";
import { createLines } from "../sandbox/lines.ts";
import { readyEvent } from "../sandbox/ready-event.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";

const SERVER_PORT = 3000;
const EMULATOR_PORT = 4010;

export interface SandboxFlags {
  port?: number;
  emulatorPort?: number;
  agents: string[];
  language: "en" | "ja";
  /** A scenario's name, or true when none was given. */
  play?: string | true;
}

async function serve(flags: SandboxFlags, { output, asked }: Context): Promise<number> {
  const { port = SERVER_PORT, emulatorPort = EMULATOR_PORT, agents, language } = flags;
  const sandbox = await startSandbox({ port, emulatorPort, agents, language, media: "webrtc" });
  const ready = await readyEvent(sandbox);
  output.event(ready);
  for (const line of banner(ready, output.paint)) output.line(line);
  const lineOf = createLines(output.paint);
  watchSandbox(sandbox, (happening) => {
    output.event(happening);
    output.line(lineOf(happening));
  });
  await untilAborted(asked);
  output.say("\nEnding: calls are hung up, ports are given back.");
  await sandbox.close();
  return DONE;
}

/** Runs until it is asked to end, or until a scenario was played. @throws AppError conflict when a port is taken */
export async function sandbox(flags: SandboxFlags, context: Context): Promise<number> {
  if (flags.play === undefined) return serve(flags, context);
  const { play } = await import("../play/play.ts");
  const { port = 0, emulatorPort = 0, agents, language } = flags;
  return play(flags.play, { port, emulatorPort, agents, language, media: "none" }, context);
}
