import { beforeAll, describe, it } from "vitest";
import { button, expectToHear } from "./support/on-the-line.ts";
import { WITH_AGENT1, threeByEar } from "./support/three-by-ear.ts";

describe("an agent's page that goes away, by ear", () => {
  const scene = threeByEar();

  beforeAll(() => {
    // The page asks before it is left in a call.
    scene.agent1.page.on("dialog", (dialog) => void dialog.accept());
  });

  it("is loaded anew: with one press, the same two talk again", async () => {
    await scene.callIsAnswered();
    await scene.hear(WITH_AGENT1);
    await scene.agent1.page.reload();
    await button(scene.agent1, "Answer").click();
    await scene.hear(WITH_AGENT1);
  });

  it("is closed: the customer hears music, and then agent2", async () => {
    await scene.agent1.page.close({ runBeforeUnload: false });
    await button(scene.agent2, "Answer").click();
    await expectToHear([scene.customer, scene.agent2], ["customer hears agent2", "agent2 hears customer"]);
  });
});
