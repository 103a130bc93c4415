import { expect } from "vitest";
import type { Person } from "local-twilio";
import type { Exceptions } from "../support/world/invariant-watch.ts";
import { RULES, type RuleName } from "../support/world/invariants.ts";
import type { AgentAtWork } from "../support/world/people-at-work.ts";
import { NUMBER, type World, type WorldOptions, startWorld } from "../support/world/start-world.ts";

export const AGENTS = ["agent1", "agent2", "agent3"] as const;
export const CUSTOMERS = { customer1: "+15550111111", customer2: "+15550122222" } as const;

export type AgentName = (typeof AGENTS)[number];
export type CustomerName = keyof typeof CUSTOMERS;

/** How Twilio behaves, and how the server is set. */
export type Variant = Required<Pick<WorldOptions, "quirks" | "settings">>;

/** An agent's browser: the person at it, and the page while it is open. */
interface Desk {
  at: AgentAtWork;
  isOpen: boolean;
  isReady: boolean;
}

type Bound = NonNullable<Exceptions[RuleName]>;

/** Server and emulator with people who do what a run asks for. */
export interface Stage {
  readonly world: World;
  desk(agent: AgentName): Desk;
  customer(name: CustomerName): Person;
  /** The id of the call that rings at this agent or that the agent is in. */
  callOf(agent: AgentName): string | null;
  /** Sends what a button of the agent's page sends. @returns the HTTP status */
  press(agent: AgentName, path: string, body?: object): Promise<number>;
  operate(path: string, body?: object): Promise<number>;
  loses(agent: AgentName): Promise<void>;
  returns(agent: AgentName): Promise<void>;
  /** From now on, until the end of the run, what is wrong may last longer: by the longest bound of each invariant. */
  allows(bounds: Exceptions): void;
  /** Everybody hangs up; then nothing may be left of the run. */
  goHome(): Promise<void>;
  close(): Promise<void>;
}

async function signIn(world: World, agent: AgentName): Promise<string> {
  const answer = await fetch(await world.server.signInLink(agent), { redirect: "manual" });
  await answer.arrayBuffer();
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Nothing rings, nobody talks, and the server knows. */
async function expectQuiet(world: World): Promise<void> {
  const live = [...world.emulator.engine.world.calls.values()].filter(({ endTime }) => endTime === null);
  expect(
    live.map(({ to }) => to),
    "legs that are left",
  ).toEqual([]);
  expect(
    (await world.server.calls()).map(({ state }) => state),
    "calls that are left",
  ).toEqual([]);
  const busy = (await world.server.agents()).filter(
    ({ state }) => state === "ringing" || state === "in-call",
  );
  expect(busy, "agents that are left busy").toEqual([]);
}

/** Three agents at work, two customers, and the variants of Twilio's behaviour that a run asks for. */
export async function setStage({ quirks, settings }: Variant): Promise<Stage> {
  const exceptions: Exceptions = {};
  let close = async (): Promise<void> => {};
  const world = await startWorld([...AGENTS], {
    quirks,
    settings,
    exceptions,
    onEnd: (end) => void (close = end),
  });
  const desks = new Map<AgentName, Desk>();
  const cookies = new Map<AgentName, string>();
  const customers = new Map<CustomerName, Person>();
  const desk = (agent: AgentName): Desk => {
    const found = desks.get(agent);
    if (!found) throw new Error(`${agent} was never here.`);
    return found;
  };
  const returns = async (agent: AgentName): Promise<void> => {
    desks.set(agent, { at: await world.agent(agent), isOpen: true, isReady: true });
  };
  const customer = (name: CustomerName): Person => {
    const known = customers.get(name) ?? world.emulator.people.add(CUSTOMERS[name]);
    customers.set(name, known);
    return known;
  };
  for (const agent of AGENTS) {
    await returns(agent);
    cookies.set(agent, await signIn(world, agent));
  }
  /** By how much, in ms, the longest bound is longer than usual. */
  const longest = (): number =>
    Math.max(0, ...Object.entries(exceptions).map(([rule, { ms }]) => ms - RULES[rule as RuleName].boundMs));
  return {
    world,
    desk,
    customer,
    returns,
    callOf(agent) {
      const leg = world.emulator.engine.world.calls.get(desk(agent).at.person.callSid ?? "");
      return /\/conference\/(CA\w{32})\//.exec(leg?.voice?.url ?? "")?.[1] ?? null;
    },
    async press(agent, path, body = {}) {
      const headers = {
        cookie: cookies.get(agent) ?? "",
        "x-agent": agent,
        "content-type": "application/json",
      };
      const request = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await fetch(world.server.url + path, request);
      await answer.arrayBuffer();
      return answer.status;
    },
    async operate(path, body = {}) {
      const answer = await world.operator(path, body);
      await answer.arrayBuffer();
      return answer.status;
    },
    async loses(agent) {
      const { at } = desk(agent);
      desks.set(agent, { at, isOpen: false, isReady: false });
      at.person.leave();
      await at.closesPage();
    },
    close: () => close(),
    allows(bounds) {
      for (const [rule, bound] of Object.entries(bounds) as [RuleName, Bound][])
        if (bound.ms > (exceptions[rule]?.ms ?? 0)) exceptions[rule] = bound;
    },
    async goHome() {
      // What the last steps have broken comes to light.
      await world.clock.advance(6_000 + longest());
      for (const person of customers.values()) person.hangUp();
      await world.settle();
      await world.clock.advance(15_000 + longest());
      await expectQuiet(world);
      world.emulator.faults.clear();
      for (const rule of Object.keys(exceptions) as RuleName[]) delete exceptions[rule];
      world.forget();
      for (const agent of AGENTS) {
        const { at, isOpen, isReady } = desk(agent);
        if (!isOpen) await returns(agent);
        else if (!isReady) await at.setReady(true);
        desk(agent).isReady = true;
      }
    },
  };
}

export { NUMBER };
