import type { Context } from "../context.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { readyEvent } from "../sandbox/ready-event.ts";
import type { SandboxOptions } from "../sandbox/sandbox-plan.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { createReporter, reportOutcome } from "./play-lines.ts";
import { optionsFor, runScenario } from "./run-scenario.ts";
import { sandboxVenue } from "./sandbox-venue.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Starts a sandbox without browsers, plays a scenario and prints its progress.
 * @returns 0 if every check passed, else 1; 130 after Ctrl-C
 * @throws AppError config if a port is in use
 */
export async function play(
  scenario: Scenario,
  options: Omit<SandboxOptions, "media" | "ringSeconds" | "afterFailure">,
  context: Context,
): Promise<number> {
  const { output, interrupted } = context;
  const sandbox = await startSandbox(optionsFor(scenario, options), (error) => output.error(error));
  output.event(await readyEvent(sandbox));
  output.line(`${output.paint.bold(scenario.name)}: ${scenario.summary}\n`);
  const played = runScenario(scenario, sandboxVenue(sandbox), createReporter(output));
  const outcome = await Promise.race([played, untilAborted(interrupted)]);
  await sandbox.close();
  return outcome ? reportOutcome(outcome, output) : INTERRUPTED;
}
