import { describe, it } from "vitest";
import { button, expectToHear, untilReady } from "./support/on-the-line.ts";
import { startTransfer } from "./support/start-transfer.ts";
import { ALL_TALK, QUIET, WITH_AGENT1, WITH_AGENT2, threeByEar } from "./support/three-by-ear.ts";

describe("a warm transfer, by ear", () => {
  const scene = threeByEar();

  it("starts in quiet: nobody hears anybody", async () => {
    await expectToHear([scene.agent1, scene.agent2], ["agent1 hears nobody", "agent2 hears nobody"]);
  });

  it("connects the customer with agent1, and agent2 hears nothing of it", async () => {
    await scene.callIsAnswered();
    await scene.hear(WITH_AGENT1);
  });

  it("lets all three talk when agent2 has answered", async () => {
    await startTransfer(scene.agent1.page, /Agent 2/);
    await button(scene.agent2, "Answer").click();
    await scene.hear(ALL_TALK);
  });

  it("keeps the customer and agent2 connected when agent1 has left", async () => {
    await button(scene.agent1, "Leave").click();
    await scene.hear(WITH_AGENT2);
    await untilReady(scene.agent1);
  });

  it("ends the call for both when the customer hangs up", async () => {
    await button(scene.customer, "Hang up").click();
    await untilReady(scene.agent2);
    await scene.hear(QUIET);
  });
});
