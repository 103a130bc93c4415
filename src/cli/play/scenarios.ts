import { AppError } from "../../errors.ts";
import type { Scenario } from "./scenario.ts";
import { customerGivesUp } from "./scenarios/customer-gives-up.ts";
import { declined } from "./scenarios/declined.ts";
import { noAgent } from "./scenarios/no-agent.ts";
import { warmTransfer } from "./scenarios/warm-transfer.ts";

const SCENARIOS: readonly Scenario[] = [warmTransfer, declined, noAgent, customerGivesUp];

/** @param name true when none was given @throws AppError usage that lists the scenarios */
export function findScenario(name: string | true): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found) return found;
  const width = Math.max(...SCENARIOS.map((scenario) => scenario.name.length));
  const list = SCENARIOS.map((scenario) => `  ${scenario.name.padEnd(width)}   ${scenario.summary}`);
  const message = name === true ? "--play needs the name of a scenario" : `there is no scenario "${name}"`;
  throw new AppError("usage", message, { hint: ["choose one of these:", ...list].join("\n") });
}
