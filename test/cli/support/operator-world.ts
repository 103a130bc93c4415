import type { Person } from "local-twilio";
import { type World, startWorld } from "../../support/world/start-world.ts";
import type { AgentAtWork } from "../../support/world/people-at-work.ts";
import { type Desk, aDesk } from "./desk.ts";

/** Its functions need no `this`: they may be taken out of it. */
export type Loose<T> = {
  [K in keyof T]: T[K] extends (...args: infer Args) => infer Result ? (...args: Args) => Result : T[K];
};

/** A server with agents and customers, and an operator at a command line. */
export interface OperatorWorld extends Loose<World> {
  desk: Desk;
  /** An agent who takes calls and answers by hand. */
  agents: (...ids: string[]) => Promise<AgentAtWork[]>;
  /** A customer rings and the agent answers. */
  talk: (agent: AgentAtWork, number?: string) => Promise<Person>;
  /** The SIDs of the live calls, oldest first. */
  calls: () => Promise<string[]>;
}

export async function anOperatorWorld(...ids: string[]): Promise<OperatorWorld> {
  const world = await startWorld(ids.length > 0 ? ids : undefined);
  const desk = aDesk({ url: world.server.url, token: world.operatorToken });
  return {
    ...world,
    desk,
    agents: async (...who) => {
      const all = [];
      for (const id of who) all.push(await world.agent(id));
      return all;
    },
    async talk(agent, number) {
      const customer = await world.customerRings(number);
      await agent.answers();
      return customer;
    },
    calls: async () => (await world.server.calls()).map(({ id }) => id),
  };
}
