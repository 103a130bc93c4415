import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
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

/** What can go wrong while agent2 rings. */
describe("trouble during a transfer, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customer: Party;
  let agent1: Party;
  let agent2: Party;

  const everybodyIsReady = async (): Promise<void> => {
    for (const agent of line.agents) await untilReady(agent);
  };
  const eventsNamed = (name: string) => line.sandbox.events().filter((event) => event.event === name);

  beforeAll(async () => {
    ({ line, customer, agent1, agent2, everybody } = await gatherThree());
  });
  afterAll(async () => {
    if (everybody) expectNoComplaints(everybody);
    await line?.close();
  });

  beforeEach(async () => {
    await everybodyIsReady();
    await button(customer, "Call").click();
    await button(agent1, "Answer").click();
    await button(agent1, "Transfer").waitFor();
  });

  it("gives agent1 a sentence, and the customer back, when agent2 declines", async () => {
    await startTransfer(agent1.page, /./);
    await button(agent2, "Decline").click();
    await agent1.page
      .getByText(/declined/i)
      .first()
      .waitFor();
    await expectToHear(everybody, ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"]);
    await button(customer, "Hang up").click();
  });

  it("stops ringing at agent2 when the customer hangs up", async () => {
    await startTransfer(agent1.page, /./);
    await button(agent2, "Answer").waitFor();
    await button(customer, "Hang up").click();
    await button(agent2, "Answer").waitFor({ state: "hidden" });
    await everybodyIsReady();
    await expectToHear(everybody, ["customer hears nobody", "agent1 hears nobody", "agent2 hears nobody"]);
  });

  it("dials agent2 once when agent1 double-clicks Bring in", async () => {
    const before = eventsNamed("transfer-started").length;
    await button(agent1, "Transfer").click();
    await button(agent1, "Bring in").dblclick();
    await button(agent2, "Answer").click();
    await expectToHear(everybody, [
      "customer hears agent1, agent2",
      "agent1 hears customer, agent2",
      "agent2 hears customer, agent1",
    ]);
    expect(eventsNamed("transfer-started").length - before).toBe(1);
    await button(customer, "Hang up").click();
    await everybodyIsReady();
  });
});
