import type { Context } from "../context.ts";
import { DONE, FAILED, INTERRUPTED } from "../exit-codes.ts";
import type { SandboxOptions } from "../sandbox/sandbox-plan.ts";
import { startSandbox } from "../sandbox/start-sandbox.ts";
import type { Paint } from "../terminal/colour.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { table } from "../views/table.ts";
import type { OutcomeEvent } from "./outcome.ts";
import { optionsFor, runScenario } from "./run-scenario.ts";
import { sandboxVenue } from "./sandbox-venue.ts";
import type { Scenario } from "./scenario.ts";

/** Scenarios that run at a time: one core mixes all their sound in real time. */
const SIDE_BY_SIDE = 8;

/** Plays scenarios side by side. @returns the outcomes in the scenarios' order, without those that were interrupted */
async function playEach(
  scenarios: readonly Scenario[],
  options: Pick<SandboxOptions, "agents" | "language" | "quirks">,
  { output, interrupted }: Context,
): Promise<OutcomeEvent[]> {
  const interruption = untilAborted(interrupted);
  const playOne = async (scenario: Scenario): Promise<OutcomeEvent | undefined> => {
    const own = optionsFor(scenario, { ...options, port: 0, emulatorPort: 0 });
    const sandbox = await startSandbox(own, (error) => output.error(error));
    const played = await Promise.race([runScenario(scenario, sandboxVenue(sandbox)), interruption]);
    await sandbox.close();
    return played ?? undefined;
  };
  const outcomes: (OutcomeEvent | undefined)[] = [];
  const toDo = scenarios.entries();
  const work = async (): Promise<void> => {
    for (const [index, scenario] of toDo) if (!interrupted.aborted) outcomes[index] = await playOne(scenario);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return outcomes.filter((outcome) => outcome !== undefined);
}

const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);

function outcomesTable(outcomes: readonly OutcomeEvent[], paint: Paint): string[] {
  return table(
    outcomes,
    [
      { title: "SCENARIO", text: ({ scenario }) => scenario },
      { title: "TRANSFER", text: ({ transfer }) => transfer ?? "none" },
      { title: "CUSTOMER HEARS", text: ({ customerHears }) => customerHears.join(", ") || "nobody" },
      {
        title: "RESULT",
        text: ({ ok }) => (ok ? "ok" : "failed"),
        tint: (text, { ok }) => (ok ? paint.green(text) : paint.red(text)),
      },
      { title: "SECONDS", text: ({ durationMs }) => inSeconds(durationMs).padStart(7) },
    ],
    paint.dim,
  );
}

/**
 * Plays scenarios side by side, each in a sandbox of its own, and prints a table of their outcomes.
 * @returns 0 if every check of every scenario passed, else 1; 130 after Ctrl-C
 */
export async function playAll(
  scenarios: readonly Scenario[],
  options: Pick<SandboxOptions, "agents" | "language" | "quirks">,
  context: Context,
): Promise<number> {
  const { output, interrupted } = context;
  const began = performance.now();
  const stopWaiting = output.wait(`Playing ${scenarios.length} scenarios side by side …`);
  const outcomes = await playEach(scenarios, options, context).finally(stopWaiting);
  if (interrupted.aborted) return INTERRUPTED;
  for (const outcome of outcomes) output.event(outcome);
  for (const line of outcomesTable(outcomes, output.paint)) output.line(line);
  const failed = outcomes.filter(({ ok }) => !ok);
  for (const { scenario, problems } of failed)
    for (const problem of problems) output.line(output.paint.red(`${scenario}: ${problem}`));
  const took = inSeconds(performance.now() - began);
  output.line(`\n${outcomes.length - failed.length} of ${outcomes.length} scenarios passed (${took} s).`);
  return failed.length === 0 ? DONE : FAILED;
}
