import { beforeEach, describe, expect, it } from "vitest";
import { button, untilReady } from "./support/on-the-line.ts";
import { startTransfer } from "./support/start-transfer.ts";
import { ALL_TALK, QUIET, WITH_AGENT1, threeByEar } from "./support/three-by-ear.ts";

describe("trouble during a transfer, by ear", () => {
  const scene = threeByEar();

  const agentsAreReady = async (): Promise<void> => {
    for (const agent of scene.line.agents) await untilReady(agent);
  };
  const eventsNamed = (name: string) => scene.line.sandbox.events().filter((event) => event.event === name);

  beforeEach(async () => {
    await agentsAreReady();
    await scene.callIsAnswered();
    await button(scene.agent1, "Transfer").waitFor();
  });

  it("gives agent1 a sentence, and the customer back, when agent2 declines", async () => {
    await startTransfer(scene.agent1.page, /./);
    await button(scene.agent2, "Decline").click();
    await scene.agent1.page
      .getByText(/declined/i)
      .first()
      .waitFor();
    await scene.hear(WITH_AGENT1);
    await button(scene.customer, "Hang up").click();
  });

  it("stops ringing at agent2 when the customer hangs up", async () => {
    await startTransfer(scene.agent1.page, /./);
    await button(scene.agent2, "Answer").waitFor();
    await button(scene.customer, "Hang up").click();
    await button(scene.agent2, "Answer").waitFor({ state: "hidden" });
    await agentsAreReady();
    await scene.hear(QUIET);
  });

  it("dials agent2 once when agent1 double-clicks Bring in", async () => {
    const before = eventsNamed("transfer-started").length;
    await button(scene.agent1, "Transfer").click();
    await button(scene.agent1, "Bring in").dblclick();
    await button(scene.agent2, "Answer").click();
    await scene.hear(ALL_TALK);
    expect(eventsNamed("transfer-started").length - before).toBe(1);
    await button(scene.customer, "Hang up").click();
    await agentsAreReady();
  });
});
