import { describe, expect, it } from "vitest";
import { ownSound } from "./support/ear.ts";
import { button, untilReady } from "./support/on-the-line.ts";
import { startTransfer } from "./support/start-transfer.ts";
import { ALL_TALK, IN_PRIVATE, QUIET, WITH_AGENT1, WITH_AGENT2, threeByEar } from "./support/three-by-ear.ts";

/** The agents steer everything by the buttons of their pages. */
describe("a consultation, by ear", () => {
  const scene = threeByEar();

  it("puts the customer on hold: neither agent is heard, nor the customer by them", async () => {
    await scene.callIsAnswered();
    await scene.hear(WITH_AGENT1);
    await startTransfer(scene.agent1.page, "Agent 2", "Consult first", "Order 17");
    await scene.agent2.page.getByText("Order 17").waitFor();
    await scene.hear(QUIET);
    await expect.poll(() => ownSound(scene.agent1.page)).toBeGreaterThan(0);
    await button(scene.agent2, "Answer").click();
    await scene.hear(IN_PRIVATE);
    expect(await ownSound(scene.agent1.page)).toBeNull();
    await scene.agent1.page.getByText("You are talking to Agent 2. The customer hears music.").waitFor();
  });

  it("swaps agent2 for the customer, and back", async () => {
    await button(scene.agent1, "Swap").click();
    await scene.hear(WITH_AGENT1);
    await button(scene.agent1, "Swap").click();
    await scene.hear(IN_PRIVATE);
  });

  it("brings all three together", async () => {
    await button(scene.agent1, "Bring together").click();
    await scene.hear(ALL_TALK);
  });

  it("leaves the customer with agent2 when it is complete", async () => {
    await button(scene.agent1, "Complete").click();
    await scene.hear(WITH_AGENT2);
    await scene.agent1.page.getByText("Agent 2 has the call now").waitFor();
  });

  it("brings agent1 in for agent2, who leaves the two together", async () => {
    await untilReady(scene.agent1);
    await startTransfer(scene.agent2.page, "Agent 1", "Bring in");
    await button(scene.agent1, "Answer").click();
    await scene.agent2.page.getByText("The others stay connected").waitFor();
    await button(scene.agent2, "Leave").click();
    await scene.hear(WITH_AGENT1);
  });

  it("ends the call for the customer, too, by the only agent's End call", async () => {
    await button(scene.agent1, "End call").click();
    await untilReady(scene.agent1);
    await scene.hear(QUIET);
  });
});
