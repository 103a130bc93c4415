import type { Emulator, Habit, Person } from "local-twilio";
import { expect } from "vitest";
import { type PageClient, openPage } from "../../../src/cli/play/page-client.ts";
import type { RunningServer } from "../../../src/compose/server.ts";
import type { AgentView } from "../../../src/server/agent-events.ts";

/** An agent: a browser that can be rung, and the page that belongs to it. */
export interface AgentAtWork {
  readonly id: string;
  readonly person: Person;
  /** What the page shows now, once `test` holds. */
  shows(what: string, test: (view: AgentView) => boolean): Promise<AgentView>;
  setReady(ready: boolean): Promise<void>;
  answers(): Promise<void>;
  declines(): Promise<void>;
  /** Presses *Leave* or *End call*: the page says so and hangs up. */
  hangsUp(): Promise<void>;
  /** The line is gone, as when the browser crashes, and nobody has said goodbye. */
  losesTheLine(): Promise<void>;
  /** Presses *Transfer to …*; rejects with the server's reason when it is refused. */
  transfersTo(target: string): Promise<void>;
  /** The page is loaded anew, without the call, and Twilio has not noticed that the line is dead. */
  refreshes(): Promise<void>;
  /** The page finds the server again after it was away, and says once more that the agent takes calls. */
  reconnects(): Promise<void>;
  /** Closes the page, or the window that has the call: with no other, the agent is signed out as far as ringing goes. */
  closesPage(): Promise<void>;
  /** Opens one more window, which has no call, and stays open. */
  opensAnotherWindow(): Promise<void>;
}

interface Surroundings {
  emulator: Emulator;
  server: RunningServer;
  settle: () => Promise<void>;
}

/** Signs an agent in, by the link, and has it ready for calls. */
export async function bringAgent(around: Surroundings, id: string, habit?: Habit): Promise<AgentAtWork> {
  const { emulator, server, settle } = around;
  const person = emulator.people.add(`client:${id}`, habit ? { habit } : {});
  let page: PageClient = await openPage(await server.signInLink(id), id, "off");
  const then = (act: () => void) => async (): Promise<void> => {
    act();
    await settle();
  };
  const opens = async (line: "on" | "off"): Promise<void> => {
    page.close();
    page = await openPage(await server.signInLink(id), id, line);
    await agent.setReady(true);
  };
  const agent: AgentAtWork = {
    id,
    person,
    shows: (what, test) => page.until(what, test),
    async setReady(ready) {
      await page.setReady(ready);
      await settle();
    },
    async answers() {
      await person.until("ringing");
      person.answer();
      await page.setLine(true);
      await settle();
    },
    async declines() {
      await person.until("ringing");
      await then(() => person.decline())();
    },
    async hangsUp() {
      const { call } = await page.until("a view", () => true);
      // Like the page, the agent hangs up also where the server does not answer.
      if (call && call.endedAt === null) await page.leave(call.id).catch(() => undefined);
      await then(() => person.hangUp())();
    },
    losesTheLine: then(() => person.hangUp()),
    async transfersTo(target) {
      const view = await page.until("a call", ({ call }) => call !== null && call.endedAt === null);
      await page.transfer(view.call?.id ?? "", target);
      await settle();
    },
    reconnects: () => opens(person.state === "talking" ? "on" : "off"),
    refreshes: () => opens("off"),
    closesPage: then(() => page.close()),
    async opensAnotherWindow() {
      await (await openPage(await server.signInLink(id), id, "off")).setReady(true);
      await settle();
    },
  };
  await agent.setReady(true);
  return agent;
}

/** The agent whose page rings answers, and talks to the customer. */
export async function ringingAgentAnswers({ world, agent1, agent2 }: RingingScene): Promise<void> {
  const ringing = [agent1, agent2].find(({ person }) => person.state === "ringing");
  await ringing?.answers();
  expect(world.whoHearsWhom()).toContain(`customer hears ${ringing?.id}`);
}

interface RingingScene {
  world: { whoHearsWhom: () => string[] };
  agent1: AgentAtWork;
  agent2: AgentAtWork;
}
