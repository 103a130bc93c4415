import { toAppError } from "../../errors.ts";
import type { LiveEvent } from "../live/events.ts";
import type { SandboxOptions } from "../sandbox/sandbox-plan.ts";
import { addAgent, addPhone } from "./cast.ts";
import { type OutcomeEvent, outcomeOf } from "./outcome.ts";
import type { Reporter } from "./play-lines.ts";
import type { Scenario } from "./scenario.ts";
import { type Check, type ScenarioEvent, createStage } from "./stage.ts";
import { createTalk } from "./talk.ts";
import type { Venue } from "./venue.ts";
import { createWaitingList } from "./waiting-list.ts";

/** A sandbox's options for a scenario: it opens no browsers. */
export function optionsFor(
  { ringSeconds, afterFailure }: Scenario,
  options: Omit<SandboxOptions, "media" | "ringSeconds" | "afterFailure">,
): SandboxOptions {
  return {
    ...options,
    ...(ringSeconds && { ringSeconds }),
    ...(afterFailure && { afterFailure }),
    media: "none",
  };
}

/** Plays a scenario. Never rejects: an error becomes a problem of the outcome. */
export async function runScenario(
  scenario: Scenario,
  venue: Venue,
  reporter?: Reporter,
): Promise<OutcomeEvent> {
  const began = performance.now();
  const checks: Check[] = [];
  const liveEvents = createWaitingList<LiveEvent>();
  const stopWatching = venue.watch((happening) => {
    reporter?.liveEvent(happening);
    liveEvents.add(happening);
  });
  const report = (event: ScenarioEvent): void => {
    if (event.kind === "check") checks.push(event.check);
    reporter?.scenarioEvent(event);
  };
  const act = async (): Promise<void> => {
    const agents = [await addAgent(venue, 0), await addAgent(venue, 1)] as const;
    const stage = createStage({
      venue,
      customer: await addPhone(venue, "customer"),
      agents,
      liveEvents,
      report,
    });
    await scenario.play(createTalk(stage));
    for (const { page } of agents) page.close();
  };
  const stopped = await act().then(
    () => null,
    (thrown: unknown) => toAppError(thrown).message,
  );
  stopWatching();
  const durationMs = Math.round(performance.now() - began);
  return outcomeOf({ scenario: scenario.name, checks, events: liveEvents.seen, stopped, durationMs });
}
