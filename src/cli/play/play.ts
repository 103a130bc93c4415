import { toAppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { DONE, FAILED, INTERRUPTED } from "../exit-codes.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import type { LiveEvent } from "../live/events.ts";
import { watchSandbox } from "../sandbox/live-events.ts";
import { readyEvent } from "../sandbox/ready-event.ts";
import type { SandboxOptions } from "../sandbox/sandbox-plan.ts";
import { type Sandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import { addAgents, addCustomer } from "./cast.ts";
import { type OutcomeEvent, outcomeLines, outcomeOf } from "./outcome.ts";
import { type Reporter, createReporter } from "./play-lines.ts";
import type { Scenario } from "./scenario.ts";
import { type Check, type ScenarioEvent, createStage } from "./stage.ts";
import { createWaitingList } from "./waiting-list.ts";

/** Never rejects: an error becomes a problem of the outcome. */
async function runScenario(scenario: Scenario, sandbox: Sandbox, reporter: Reporter): Promise<OutcomeEvent> {
  const began = performance.now();
  const checks: Check[] = [];
  const liveEvents = createWaitingList<LiveEvent>();
  const stopWatching = watchSandbox(sandbox, (happening) => {
    reporter.liveEvent(happening);
    liveEvents.add(happening);
  });
  const report = (told: ScenarioEvent): void => {
    if (told.kind === "check") checks.push(told.check);
    reporter.scenarioEvent(told);
  };
  const act = async (): Promise<void> => {
    const agents = await addAgents(sandbox, scenario.agents);
    await scenario.play(createStage({ sandbox, customer: addCustomer(sandbox), agents, liveEvents, report }));
    for (const { page } of agents) page.close();
  };
  const stopped = await act().then(
    () => null,
    (thrown: unknown) => toAppError(thrown).message,
  );
  stopWatching();
  return outcomeOf(scenario.name, checks, stopped, Math.round(performance.now() - began));
}

/**
 * Starts a sandbox without browsers, plays a scenario and prints its progress.
 * @returns 0 if every check passed, else 1; 130 after Ctrl-C
 * @throws AppError config if a port is in use
 */
export async function play(scenario: Scenario, options: SandboxOptions, context: Context): Promise<number> {
  const { output, interrupted } = context;
  const sandbox = await startSandbox(options, (error) => output.error(error));
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
