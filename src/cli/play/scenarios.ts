import { AppError } from "../../errors.ts";
import { AGENTS } from "./parties.ts";
import type { Scenario } from "./scenario.ts";
import { blind, blindAbandoned, blindDeclined, blindNoAnswer, voicemail } from "./scenarios/blind.ts";
import * as consult from "./scenarios/consult.ts";
import { phoneDeclined, toPhone } from "./scenarios/phone.ts";
import * as threeWay from "./scenarios/three-way.ts";
import * as troubles from "./scenarios/troubles.ts";
import { customerGivesUp, noAgent } from "./scenarios/waiting.ts";

export const SCENARIOS: readonly Scenario[] = [
  threeWay.warmTransfer,
  threeWay.complete,
  threeWay.leaveEarly,
  threeWay.cancel,
  threeWay.cancelTogether,
  threeWay.targetLeaves,
  threeWay.abandoned,
  consult.consultComplete,
  consult.consultLeave,
  consult.consultTogether,
  consult.consultSwap,
  consult.consultCancel,
  consult.consultTargetLeaves,
  consult.consultDeclined,
  consult.consultLeaveEarly,
  consult.consultAbandoned,
  blind,
  blindDeclined,
  blindNoAnswer,
  blindAbandoned,
  voicemail,
  toPhone,
  phoneDeclined,
  troubles.declined,
  troubles.noAnswer,
  troubles.busy,
  troubles.unreachable,
  troubles.rungBack,
  troubles.lostAgent,
  troubles.lostInConsultation,
  noAgent,
  customerGivesUp,
];

/** Plays every scenario. */
export const ALL = "all";

function missing(name: string | true): AppError {
  const width = Math.max(...SCENARIOS.map((scenario) => scenario.name.length));
  const lines = [{ name: ALL, summary: "every scenario, side by side" }, ...SCENARIOS];
  const list = lines.map((scenario) => `  ${scenario.name.padEnd(width)}  ${scenario.summary}`);
  const message = name === true ? "--play needs the name of a scenario." : `There is no scenario "${name}".`;
  return new AppError("usage", message, { hint: ["Pass one of these:", ...list].join("\n") });
}

/**
 * @param name true when none was given
 * @param agents how many agents there are
 * @returns one scenario, or all
 * @throws AppError usage that lists the scenarios, or says how many agents are needed
 */
export function findScenarios(name: string | true, agents: number): readonly [Scenario, ...Scenario[]] {
  const [first, ...others] =
    name === ALL ? SCENARIOS : SCENARIOS.filter((scenario) => scenario.name === name);
  if (!first) throw missing(name);
  if (agents >= AGENTS) return [first, ...others];
  throw new AppError("usage", `${name} needs ${AGENTS} agents.`, {
    hint: "Omit --agents, or pass as many as it needs.",
  });
}
