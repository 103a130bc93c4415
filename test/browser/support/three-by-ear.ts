import { afterAll, beforeAll } from "vitest";
import { type Line, button, expectNoComplaints, expectToHear, gather } from "./on-the-line.ts";
import type { Party } from "./party.ts";

export const QUIET = ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"];
export const WITH_AGENT1 = ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"];
export const WITH_AGENT2 = ["customer hears agent2", "agent1 hears nobody", "agent2 hears customer"];
export const IN_PRIVATE = ["customer hears nobody", "agent1 hears agent2", "agent2 hears agent1"];
export const ALL_TALK = [
  "customer hears agent1, agent2",
  "agent1 hears customer, agent2",
  "agent2 hears customer, agent1",
];

/** The tutorial's three, each in front of a browser and a microphone of their own, with the unmodified SDK. */
export interface ThreeByEar {
  line: Line;
  customer: Party;
  agent1: Party;
  agent2: Party;
  /** One of the sentences above, each person in turn. */
  hear(expected: readonly string[]): Promise<void>;
  /** The customer calls, and agent1 answers. */
  callIsAnswered(): Promise<void>;
}

/** Opens the browsers before the tests of a `describe` block. After them, no page has logged anything or left this machine. */
export function threeByEar(): ThreeByEar {
  const scene = {
    hear: (expected: readonly string[]) =>
      expectToHear([scene.customer, scene.agent1, scene.agent2], expected),
    async callIsAnswered() {
      await button(scene.customer, "Call").click();
      await button(scene.agent1, "Answer").click();
    },
  } as ThreeByEar;
  beforeAll(async () => {
    const line = await gather(["agent1", "agent2"]);
    const [customer, agent1, agent2] = [...line.customers, ...line.agents] as [Party, Party, Party];
    Object.assign(scene, { line, customer, agent1, agent2 });
  });
  afterAll(async () => {
    try {
      expectNoComplaints([scene.customer, scene.agent1, scene.agent2]);
    } finally {
      await scene.line.close();
    }
  });
  return scene;
}
