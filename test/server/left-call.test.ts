import { describe, expect, it } from "vitest";
import { refusalOf } from "./support/operator.ts";
import { customerTalks } from "./support/talking.ts";

describe("an agent reads a call", () => {
  it("while in it, and no more after leaving it to a colleague", async () => {
    const { one, two, operator, ann, path, transferTo } = await customerTalks();
    expect((await two.browser.get(path())).status).toBe(403);
    await transferTo("agent2");
    expect([(await one.browser.get(path())).status, (await two.browser.get(path())).status]).toEqual([
      200, 200,
    ]);
    ann.hangUp();
    await one.page.until(({ state }) => state === "free");
    expect((await refusalOf(one.browser.get(path()))).slice(0, 2)).toEqual([403, "forbidden"]);
    expect((await two.browser.get(path())).status).toBe(200);
    expect((await operator.get(path())).status).toBe(200);
  });

  it("while it rings, and no more after declining; a command is refused with its reason", async () => {
    const { one, two, operator, bob, path } = await customerTalks();
    await operator.post(path("/transfer"), { to: "agent2" });
    await bob.until("ringing");
    await two.page.until(({ state }) => state === "ringing");
    expect((await two.browser.get(path())).status).toBe(200);
    bob.decline();
    await two.page.until(({ state }) => state === "free");
    expect((await two.browser.get(path())).status).toBe(403);
    const command = two.browser.post(path("/transfer"), { to: "agent1" });
    expect((await refusalOf(command)).slice(0, 2)).toEqual([409, "not-in-call"]);
    expect((await one.browser.get(path())).status).toBe(200);
  });
});
