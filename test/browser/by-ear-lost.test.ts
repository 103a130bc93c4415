import { afterAll, beforeAll, describe, it } from "vitest";
import { type Line, button, expectNoComplaints, expectToHear, gatherThree } from "./support/on-the-line.ts";
import type { Party } from "./support/party.ts";

/** Three browsers and the unmodified SDK: agent1's page goes away in the middle of a talk. */
describe("an agent's page that goes away, by ear", () => {
  let line: Line;
  let everybody: Party[];
  let customer: Party;
  let agent1: Party;
  let agent2: Party;

  const TALK = ["customer hears agent1", "agent1 hears customer", "agent2 hears nobody"];

  beforeAll(async () => {
    ({ line, customer, agent1, agent2, everybody } = await gatherThree());
    // The page asks before it is left in a call.
    agent1.page.on("dialog", (dialog) => void dialog.accept());
  });
  afterAll(() => line?.close());

  it("is loaded anew: with one press, the same two talk again", async () => {
    await button(customer, "Call").click();
    await button(agent1, "Answer").click();
    await expectToHear(everybody, TALK);
    await agent1.page.reload();
    await button(agent1, "Answer").click();
    await expectToHear(everybody, TALK);
  });

  it("is closed: the customer hears music, and then agent2", async () => {
    await agent1.page.close({ runBeforeUnload: false });
    await button(agent2, "Answer").click();
    await expectToHear([customer, agent2], ["customer hears agent2", "agent2 hears customer"]);
  });

  it("left the machine alone and the consoles empty", () => expectNoComplaints(everybody));
});
