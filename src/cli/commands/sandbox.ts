import { assertSoundInstalled, readQuirks } from "local-twilio/command";
import type { Context } from "../context.ts";
import { runOfEmulator } from "../emulator-errors.ts";
import { ALL, findScenarios } from "../play/scenarios.ts";

const SERVER_PORT = 3000;
const EMULATOR_PORT = 4010;

export interface SandboxFlags {
  port?: number;
  emulatorPort?: number;
  agents: string[];
  language: "en" | "ja";
  /** A scenario's name, or true when none was given. */
  play?: string | true;
  /** `name=value` of each quirk of the emulator; true: one came without. */
  quirk?: string[] | true;
}

/**
 * Runs until Ctrl-C, or to the end of the scenario. Imports server and emulator only after validation.
 * @throws AppError usage for an unknown scenario, config for an unknown quirk or if a port is in use
 */
export async function sandbox(flags: SandboxFlags, context: Context): Promise<number> {
  const { agents, language } = flags;
  const quirks = await runOfEmulator(() => readQuirks(flags.quirk));
  if (flags.play === undefined) {
    const { port = SERVER_PORT, emulatorPort = EMULATOR_PORT } = flags;
    await runOfEmulator(assertSoundInstalled);
    const { serve } = await import("../sandbox/serve.ts");
    return serve({ port, emulatorPort, agents, language, quirks, media: "webrtc" }, context);
  }
  const scenarios = findScenarios(flags.play, agents.length);
  if (flags.play === ALL) {
    const { playAll } = await import("../play/play-all.ts");
    return playAll(scenarios, { agents, language, quirks }, context);
  }
  // A scenario opens no browsers, so any port will do.
  const { port = 0, emulatorPort = 0 } = flags;
  const { play } = await import("../play/play.ts");
  return play(scenarios[0], { port, emulatorPort, agents, language, quirks }, context);
}
