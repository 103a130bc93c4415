import { AppError } from "../../errors.ts";
import type { AgentParty } from "./parties.ts";
import type { Stage } from "./stage.ts";
import { withTimeout } from "../with-timeout.ts";

/** @throws AppError usage if the scenario has too few agents */
export function agentAt(stage: Stage, index: number): AgentParty {
  const agent = stage.agents[index];
  if (!agent) throw new AppError("usage", `This scenario needs ${index + 1} agents.`);
  return agent;
}

/** Agents open their pages and become ready. @throws AppError timeout */
export async function getReady(stage: Stage, ...agents: AgentParty[]): Promise<void> {
  for (const { name, page } of agents) {
    stage.step(`${name} opens the page and is ready`);
    await page.setReady(true);
    // Not "free": if a customer waits, the page rings at once.
    await page.until(`${name} to be ready`, ({ state }) => state !== "signed-out" && state !== "not-ready");
  }
}

/** @returns the customer's Call SID, which identifies the call */
export async function customerCalls({ customer, number }: Stage): Promise<string> {
  return withTimeout(customer.person.call(number), "the customer's call to ring");
}

/** Checks that the customer heard a sentence. */
export function checkGreeting(stage: Stage): void {
  const heard = stage.customer.person.captions.length > 0;
  stage.check("the customer is greeted", heard, "the customer heard no greeting");
}

/** An agent presses the transfer button. @throws AppError with the server's reason for a refusal */
export async function transfer(stage: Stage, call: string, from: AgentParty, to: AgentParty): Promise<void> {
  stage.step(`${from.name} presses "Transfer to ${to.name}"`);
  await from.page.transfer(call, to.id);
}

/** Resolves when the call has ended. */
export async function customerHangsUp(stage: Stage): Promise<void> {
  stage.customer.person.hangUp();
  await stage.waitForEvent("call-ended");
}
