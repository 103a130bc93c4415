import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Line,
  button,
  expectNoComplaints,
  expectToHear,
  gatherThree,
  untilReady,
} from "./support/on-the-line.ts";
import { ownSound } from "./support/ear.ts";
import type { Party } from "./support/party.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** Three browsers, three microphones, the unmodified SDK; all steered by the buttons of the pages. */
describe("a consultation, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customer: Party;
  let agent1: Party;
  let agent2: Party;

  const IN_PRIVATE = ["customer hears nobody", "agent1 hears agent2", "agent2 hears agent1"];

  beforeAll(async () => {
    ({ line, customer, agent1, agent2, everybody } = await gatherThree());
  });
  afterAll(() => line?.close());

  it("puts the customer on hold: neither agent is heard, nor the customer by them", async () => {
    await button(customer, "Call").click();
    await button(agent1, "Answer").click();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
    await startTransfer(agent1.page, "Agent 2", "Consult first", "Order 17");
    await agent2.page.getByText("Order 17").waitFor();
    await expectToHear(everybody, ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"]);
    await expect.poll(() => ownSound(agent1.page)).toBeGreaterThan(0);
    await button(agent2, "Answer").click();
    await expectToHear(everybody, IN_PRIVATE);
    expect(await ownSound(agent1.page)).toBeNull();
    await agent1.page.getByText("You are talking to Agent 2. The customer hears music.").waitFor();
  });

  it("swaps agent2 for the customer, and back", async () => {
    await button(agent1, "Swap").click();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
    await button(agent1, "Swap").click();
    await expectToHear(everybody, IN_PRIVATE);
  });

  it("brings all three together", async () => {
    await button(agent1, "Bring together").click();
    await expectToHear(everybody, [
      "customer hears agent1, agent2",
      "agent1 hears customer, agent2",
      "agent2 hears customer, agent1",
    ]);
  });

  it("leaves the customer with agent2 when it is complete", async () => {
    await button(agent1, "Complete").click();
    await expectToHear(everybody, ["customer hears agent2", "agent1 hears nobody", "agent2 hears customer"]);
    await agent1.page.getByText("Agent 2 has the call now").waitFor();
  });

  it("brings agent1 in for agent2, who leaves the two together", async () => {
    await untilReady(agent1);
    await startTransfer(agent2.page, "Agent 1", "Bring in");
    await button(agent1, "Answer").click();
    await agent2.page.getByText("The others stay connected").waitFor();
    await button(agent2, "Leave").click();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
  });

  it("ends the call for the customer, too, by the only agent's End call", async () => {
    await button(agent1, "End call").click();
    await untilReady(agent1);
    await expectToHear(everybody, ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"]);
  });

  it("left the machine alone and the consoles empty", () => expectNoComplaints(everybody));
});
