import { assertInstalled } from "../../optional.ts";
import type { Context } from "../context.ts";
import { findScenario } from "../play/scenarios.ts";

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

/**
 * Runs until it is asked to end, or until a scenario was played. Server and emulator are loaded when the words are known to
 * make sense. @throws AppError usage for a wrong scenario, config when a port is taken
 */
export async function sandbox(flags: SandboxFlags, context: Context): Promise<number> {
  const { agents, language } = flags;
  if (flags.play === undefined) {
    const { port = SERVER_PORT, emulatorPort = EMULATOR_PORT } = flags;
    assertInstalled("node-datachannel");
    const { serve } = await import("../sandbox/serve.ts");
    return serve({ port, emulatorPort, agents, language, media: "webrtc" }, context);
  }
  // Nobody opens a page of a scenario: any port will do.
  const { port = 0, emulatorPort = 0 } = flags;
  const scenario = findScenario(flags.play, agents.length);
  const { play } = await import("../play/play.ts");
  return play(scenario, { port, emulatorPort, agents, language, media: "none" }, context);
}
