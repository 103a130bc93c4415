import type { Context } from "../context.ts";
import { DONE, FAILED, INTERRUPTED } from "../exit-codes.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { readyEvent } from "../sandbox/ready-event.ts";
import type { SandboxOptions } from "../sandbox/sandbox-plan.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import { outcomeLines } from "./outcome.ts";
import { createReporter } from "./play-lines.ts";
import { optionsFor, runScenario } from "./run-scenario.ts";
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
  const reporter = createReporter(output);
  const outcome = await Promise.race([runScenario(scenario, sandbox, reporter), untilAborted(interrupted)]);
  await sandbox.close();
  if (!outcome) return INTERRUPTED;
  output.event(outcome);
  const paint = outcome.ok ? output.paint.green : output.paint.red;
  output.line();
  for (const line of outcomeLines(outcome)) output.line(paint(line));
  return outcome.ok ? DONE : FAILED;
}
