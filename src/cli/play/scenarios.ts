import { AppError } from "../../errors.ts";
import type { Scenario } from "./scenario.ts";
import { customerGivesUp } from "./scenarios/customer-gives-up.ts";
import { declined } from "./scenarios/declined.ts";
import { noAgent } from "./scenarios/no-agent.ts";
import { warmTransfer } from "./scenarios/warm-transfer.ts";

export const SCENARIOS: readonly Scenario[] = [warmTransfer, declined, noAgent, customerGivesUp];

function missing(name: string | true): AppError {
  const width = Math.max(...SCENARIOS.map((scenario) => scenario.name.length));
  const list = SCENARIOS.map((scenario) => `  ${scenario.name.padEnd(width)}   ${scenario.summary}`);
  const message = name === true ? "--play needs the name of a scenario." : `There is no scenario "${name}".`;
  return new AppError("usage", message, { hint: ["Pass one of these:", ...list].join("\n") });
}

/**
 * @param name true when none was given
 * @param agents how many agents there are
 * @throws AppError usage that lists the scenarios, or says how many agents are needed
 */
export function findScenario(name: string | true, agents: number): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (!found) throw missing(name);
  if (agents >= found.agents) return found;
  throw new AppError("usage", `${found.name} needs ${found.agents} agents.`, {
    hint: "Omit --agents, or pass as many as it needs.",
  });
}
