import { afterAll, beforeAll, describe, it } from "vitest";
import {
  type Line,
  button,
  expectNoComplaints,
  expectToHear,
  gatherThree,
  untilReady,
} from "./support/on-the-line.ts";
import type { Party } from "./support/party.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** Three browsers, three microphones, the unmodified SDK. */
describe("a warm transfer, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customer: Party;
  let agent1: Party;
  let agent2: Party;

  beforeAll(async () => {
    ({ line, customer, agent1, agent2, everybody } = await gatherThree());
  });
  afterAll(() => line?.close());

  it("starts in quiet: nobody hears anybody", async () => {
    await expectToHear([agent1, agent2], ["agent1 hears nobody", "agent2 hears nobody"]);
  });

  it("connects the customer with agent1, and agent2 hears nothing of it", async () => {
    await button(customer, "Call").click();
    await button(agent1, "Answer").click();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
  });

  it("lets all three talk when agent2 has answered", async () => {
    await startTransfer(agent1.page, /Agent 2/);
    await button(agent2, "Answer").click();
    await expectToHear(everybody, [
      "customer hears agent1, agent2",
      "agent1 hears customer, agent2",
      "agent2 hears customer, agent1",
    ]);
  });

  it("keeps the customer and agent2 connected when agent1 has left", async () => {
    await button(agent1, "Leave").click();
    await expectToHear(everybody, ["customer hears agent2", "agent1 hears nobody", "agent2 hears customer"]);
    await untilReady(agent1);
  });

  it("ends the call for both when the customer hangs up", async () => {
    await button(customer, "Hang up").click();
    await untilReady(agent2);
    await expectToHear(everybody, ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"]);
  });

  it("left the machine alone and the consoles empty", () => expectNoComplaints(everybody));
});
