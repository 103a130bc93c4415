import { beforeEach, describe, expect, it } from "vitest";
import type { AgentView } from "../../src/server/agent-events.ts";
import { refusalOf } from "./support/operator.ts";
import { type TalkingWorld, customerTalks } from "./support/talking.ts";

const customerIsHeld = ({ call }: AgentView): boolean =>
  call?.legs.some(({ kind, onHold }) => kind === "customer" && onHold) ?? false;

describe("an agent who puts the customer on hold", () => {
  let world: TalkingWorld;
  const hold = (onHold: unknown): Promise<Response> =>
    world.one.browser.post(world.path("/hold"), { onHold });

  beforeEach(async () => {
    world = await customerTalks();
  });

  it("shows it to the colleague, who may take the customer off hold", async () => {
    await world.transferTo("agent2");
    expect((await hold(true)).status).toBe(200);
    await world.two.page.until(customerIsHeld);
    expect((await world.two.browser.post(world.path("/hold"), { onHold: false })).status).toBe(200);
    await world.one.page.until((view) => !customerIsHeld(view));
  });

  it("must be in the call", async () => {
    await world.operator.post(world.path("/transfer"), { to: "agent2" });
    await world.bob.until("ringing");
    expect(
      (await refusalOf(world.two.browser.post(world.path("/hold"), { onHold: true }))).slice(0, 2),
    ).toEqual([409, "not-in-call"]);
  });

  it("says on or off", async () => {
    expect((await refusalOf(hold("yes"))).slice(0, 2)).toEqual([400, "usage"]);
  });
});
