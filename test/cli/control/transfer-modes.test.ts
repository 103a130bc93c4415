import { describe, expect, it } from "vitest";
import { anOperatorWorld } from "../support/operator-world.ts";

/** agent1 talks with a customer; agent2 is free. */
async function talking() {
  const world = await anOperatorWorld("agent1", "agent2");
  const [agent1, agent2] = await world.agents("agent1", "agent2");
  await world.talk(agent1!);
  const types = async (...words: string[]) => {
    const typed = await world.desk.type("transfer", ...words);
    await world.settle();
    return typed;
  };
  return { ...world, agent2: agent2!, types };
}

describe("a consultation from the command line", () => {
  it("reports each step in a sentence: private, swapped, brought together, completed", async () => {
    const { types, agent2, whoHearsWhom } = await talking();
    const started = await types("start", "--to", "agent2", "--mode", "consult", "--note", "Order 17");
    expect(started).toMatchObject({ code: 0, stdout: "agent2 is ringing.\n" });
    await agent2.answers();
    expect(whoHearsWhom()).toContain("customer hears [hold]");
    expect((await types("swap")).stdout).toBe("agent2 is on hold; the customer is not.\n");
    expect(whoHearsWhom()).toContain("customer hears agent1");
    expect((await types("swap")).stdout).toBe("The customer is on hold; agent2 is not.\n");
    expect((await types("bring-together")).stdout).toBe("The customer and agent2 are in one conversation.\n");
    expect(whoHearsWhom()).toContain("customer hears agent1, agent2");
    expect((await types("complete")).stdout).toBe("agent1 is leaving the customer with agent2.\n");
    expect(whoHearsWhom()).toEqual(["customer hears agent2", "agent2 hears customer"]);
  });

  it("has its mode, phase and note with --json", async () => {
    const { types } = await talking();
    const { json } = await types(
      "start",
      "--to",
      "agent2",
      "--mode",
      "consult",
      "--note",
      "Order 17",
      "--json",
    );
    expect(json).toMatchObject({ transfer: { mode: "consult", phase: "ringing", note: "Order 17" } });
  });

  it("is required by bring-together and swap; a refusal names the next command", async () => {
    const { types, agent2 } = await talking();
    await types("start", "--to", "agent2");
    await agent2.answers();
    const { code, stderr } = await types("swap");
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: .*consultation\.\nhint: .*transfer start --mode consult$/m);
  });
});

it.each([
  [["start", "--mode", "cold"], /--mode.*three-way, consult, blind/],
  [["start", "--to", "agent2", "--note", "x".repeat(501)], /note: must have 1 to 500 characters/],
])("refuses %j", async (words, sentence) => {
  const { types } = await talking();
  const { code, stderr } = await types(...words);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
});
