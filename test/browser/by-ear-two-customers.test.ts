import { afterAll, beforeAll, describe, it } from "vitest";
import { type Line, button, expectNoComplaints, expectToHear, gather } from "./support/on-the-line.ts";
import type { Party } from "./support/party.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** Six browsers: what is said in one call is never heard in the other. */
describe("two customers at once, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customers: [Party, Party];
  let agents: [Party, Party, Party, Party];

  beforeAll(async () => {
    line = await gather(["agent1", "agent2", "agent3", "agent4"], 2);
    agents = line.agents as [Party, Party, Party, Party];
    customers = line.customers as [Party, Party];
    everybody = [...customers, ...agents];
  });
  afterAll(() => line?.close());

  it("gives each customer an agent of their own", async () => {
    await button(customers[0], "Call").click();
    await button(agents[0], "Answer").click();
    await button(customers[1], "Call").click();
    await button(agents[1], "Answer").click();
    await expectToHear(everybody, [
      "customer1 hears agent1",
      "customer2 hears agent2",
      "agent1 hears customer1",
      "agent2 hears customer2",
      "agent3 hears nobody",
      "agent4 hears nobody",
    ]);
  });

  it("transfers both at the same time without mixing them up", async () => {
    await startTransfer(agents[0].page, /3/);
    await startTransfer(agents[1].page, /4/);
    await Promise.all([button(agents[2], "Answer").click(), button(agents[3], "Answer").click()]);
    await Promise.all([button(agents[0], "Leave").waitFor(), button(agents[1], "Leave").waitFor()]);
    await expectToHear(everybody, [
      "customer1 hears agent1, agent3",
      "customer2 hears agent2, agent4",
      "agent1 hears customer1, agent3",
      "agent2 hears customer2, agent4",
      "agent3 hears customer1, agent1",
      "agent4 hears customer2, agent2",
    ]);
    await Promise.all([button(agents[0], "Leave").click(), button(agents[1], "Leave").click()]);
    await expectToHear(everybody, [
      "customer1 hears agent3",
      "customer2 hears agent4",
      "agent1 hears nobody",
      "agent2 hears nobody",
      "agent3 hears customer1",
      "agent4 hears customer2",
    ]);
  });

  it("left the machine alone and the consoles empty", () => expectNoComplaints(everybody));
});
