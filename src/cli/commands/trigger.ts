import { PeopleError, createPeopleClient } from "local-twilio/people";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import type { Control } from "../control/control.ts";
import { type ServerFlags, withControl } from "../control/with-control.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { AGENTS } from "../play/parties.ts";
import { createReporter, reportOutcome } from "../play/play-lines.ts";
import { runScenario } from "../play/run-scenario.ts";
import type { Scenario } from "../play/scenario.ts";
import { findScenarios } from "../play/scenarios.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { findEmulator } from "../trigger/find-emulator.ts";
import { openRemoteVenue } from "../trigger/remote-venue.ts";

export interface TriggerTransferFlags extends ServerFlags {
  /** URL. */
  emulator?: string;
}

const EMULATOR = "http://127.0.0.1:4010";

/** @throws AppError usage for an unknown scenario, or one that no running server can play */
function scenarioFor(name: string): Scenario {
  const [scenario, ...others] = findScenarios(name, AGENTS);
  const isOwn = scenario.ringSeconds !== undefined || scenario.afterFailure !== undefined;
  if (others.length === 0 && !isOwn) return scenario;
  throw new AppError("usage", `A running server cannot play ${name}: it needs servers of its own.`, {
    hint: `Run warm-transfer sandbox --play ${name}`,
  });
}

function appError(thrown: unknown): unknown {
  if (!(thrown instanceof PeopleError)) return thrown;
  const hint = "Start one with warm-transfer sandbox or warm-transfer emulator, or pass --emulator URL.";
  const category = thrown.status === null ? "network" : "conflict";
  return new AppError(category, thrown.message, { hint, cause: thrown });
}

async function play(
  scenario: Scenario,
  control: Control,
  emulator: string,
  { output, interrupted }: Context,
): Promise<number> {
  const venue = await openRemoteVenue(control, createPeopleClient(emulator));
  try {
    output.line(`${output.paint.bold(scenario.name)}: ${scenario.summary}\n`);
    const played = runScenario(scenario, venue, createReporter(output));
    const outcome = await Promise.race([played, untilAborted(interrupted)]);
    return outcome ? reportOutcome(outcome, output) : INTERRUPTED;
  } finally {
    await venue.close();
  }
}

/**
 * Plays a scenario at a server and an emulator that run already.
 * @returns 0 if every check passed, else 1; 130 after Ctrl-C
 * @throws AppError usage, network, or conflict if the agents are in calls
 */
export function triggerTransfer(
  name: string,
  flags: TriggerTransferFlags,
  context: Context,
): Promise<number> {
  return withControl(flags, context, async (control) => {
    const scenario = scenarioFor(name);
    const emulator = flags.emulator ?? (await findEmulator(context)) ?? EMULATOR;
    return play(scenario, control, emulator, context).catch((thrown: unknown) => {
      throw appError(thrown);
    });
  });
}
