import { expect } from "vitest";
import { type Party, openParty, whoHearsWhom } from "./party.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

/** Chosen by search: no mixture of two of them, up to the fourth order, comes within 30 Hz of a third. */
const AGENT_TONES = [990, 1460, 1580, 1860];
const CUSTOMER_TONES = [770, 2010];

/** A sandbox with everybody in front of a browser of their own. */
export interface Line {
  sandbox: Sandbox;
  agents: Party[];
  customers: Party[];
  close(): Promise<void>;
}

export const button = (party: Party, name: string | RegExp) =>
  party.page.getByRole("button", { name, exact: typeof name === "string" });
const status = (party: Party) => party.page.getByRole("status");
export const untilReady = (party: Party) =>
  status(party)
    .filter({ hasText: /^Ready$/ })
    .waitFor();

async function openAgents(sandbox: Sandbox): Promise<Party[]> {
  const agents = await Promise.all(
    sandbox.ready.agents.map(({ id, signIn }, i) => openParty(id, AGENT_TONES[i] ?? 500, signIn)),
  );
  for (const agent of agents) await untilReady(agent);
  return agents;
}

/** Everybody is there: agents signed in and ready, customers in front of a phone that does not ring yet. */
export async function gather(agentIds: readonly string[], customerCount = 1): Promise<Line> {
  const sandbox = await startSandbox(agentIds);
  const agents = await openAgents(sandbox);
  const names = customerCount === 1 ? ["customer"] : ["customer1", "customer2"].slice(0, customerCount);
  const customers = await Promise.all(
    names.map((name, i) => openParty(name, CUSTOMER_TONES[i] ?? 600, sandbox.ready.phone)),
  );
  const close = async (): Promise<void> => {
    await Promise.all([...agents, ...customers].map((party) => party.close()));
    await sandbox.close();
  };
  return { sandbox, agents, customers, close };
}

/** What is neither heard nor not heard (`?`) says nothing: on a busy machine, sound that comes late leaves faint tones beside its own. */
const isSure = (heard: readonly string[]): boolean => !heard.some((sentence) => sentence.includes("?"));

const SURE_ROUNDS = 8;
const ALL_ROUNDS = 24;

/** Listens until everybody hears exactly whom they should, and nobody else; fails with the last impression. */
export async function expectToHear(parties: readonly Party[], expected: readonly string[]): Promise<void> {
  let heard: string[] = [];
  for (let round = 0, sure = 0; round < ALL_ROUNDS && sure < SURE_ROUNDS; round++) {
    heard = await whoHearsWhom(parties);
    if (heard.join("\n") === expected.join("\n")) break;
    if (isSure(heard)) sure++;
  }
  expect(heard).toEqual(expected);
}

export function expectNoComplaints(parties: readonly Party[]): void {
  expect(
    parties.flatMap((party) => party.complaints.map((complaint) => `${party.name} ${complaint}`)),
  ).toEqual([]);
}
