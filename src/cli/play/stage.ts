import type { Happening, StoryHappening } from "../live/happenings.ts";
import type { Sandbox } from "../sandbox/start-sandbox.ts";
import { type Expected, type Measured, judge, measure } from "./hearing.ts";
import type { AgentParty, Party } from "./parties.ts";
import type { WaitingList } from "./waiting-list.ts";
import { within } from "../within.ts";

/** One thing that was to be heard, and whether it was. */
export interface Check {
  when: string;
  ok: boolean;
  /** What was not as expected, in words. */
  problems: string[];
  /** Who hears whom how loud; empty when the check is about something else. */
  measured: Measured[];
}

/** What is told while a scenario plays. */
export type Told = { kind: "step"; text: string } | { kind: "check"; check: Check };

/** A scenario's people, what happens to them, and the ears that judge it. */
export interface Stage {
  /** E.164: the number that customers ring. */
  readonly number: string;
  readonly customer: Party;
  readonly agents: readonly AgentParty[];
  /** Says what somebody does. */
  tell(text: string): void;
  /** The first entry of the story of this kind, about this agent if one is given. @throws AppError timeout */
  happened(event: StoryHappening["event"], agent?: string): Promise<StoryHappening>;
  /** Listens until everybody hears whom they should, for 3 s at most; the result is a check. */
  listen(when: string, expected: Expected): Promise<void>;
  /** A check of something that is no tone. */
  check(when: string, ok: boolean, problem: string): void;
}

const WINDOW_MS = 400;
const PAUSE_MS = 100;
const PATIENCE_MS = 3000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The check as soon as it is good, else as it is when patience is over. */
async function hear(when: string, parties: readonly Party[], expected: Expected): Promise<Check> {
  const end = performance.now() + PATIENCE_MS;
  await pause(WINDOW_MS);
  for (;;) {
    const measured = measure(parties, WINDOW_MS);
    const problems = judge(measured, expected);
    const ok = problems.length === 0;
    if (ok || performance.now() > end) return { when, ok, problems, measured };
    await pause(PAUSE_MS);
  }
}

export interface StageParts {
  sandbox: Sandbox;
  customer: Party;
  agents: readonly AgentParty[];
  happenings: WaitingList<Happening>;
  tell: (told: Told) => void;
}

/** Sets a stage for one scenario. */
export function createStage({ sandbox, customer, agents, happenings, tell }: StageParts): Stage {
  const matches =
    (event: string, agent?: string) =>
    (happening: Happening): happening is StoryHappening =>
      happening.event === event &&
      (agent === undefined || ("agent" in happening && happening.agent === agent));
  return {
    number: sandbox.config.number,
    customer,
    agents,
    tell: (text) => tell({ kind: "step", text }),
    happened: async (event, agent) =>
      (await within(
        happenings.first(matches(event, agent)),
        `${agent ?? "the call"}: ${event}`,
      )) as StoryHappening,
    listen: async (when, expected) => {
      tell({ kind: "check", check: await hear(when, [customer, ...agents], expected) });
    },
    check: (when, ok, problem) =>
      tell({ kind: "check", check: { when, ok, problems: ok ? [] : [problem], measured: [] } }),
  };
}
