import { beforeEach, describe, expect, it } from "vitest";
import type { AgentView } from "../../src/server/agent-events.ts";
import { refusalOf } from "./support/operator.ts";
import { type TalkingWorld, customerTalks } from "./support/talking.ts";

const customerIsHeld = ({ call }: AgentView): boolean =>
  call?.legs.some(({ kind, onHold }) => kind === "customer" && onHold) ?? false;

describe("a customer whom an agent puts on hold", () => {
  let world: TalkingWorld;
  const hold = (onHold: unknown): Promise<Response> =>
    world.one.browser.post(world.path("/hold"), { onHold });

  beforeEach(async () => {
    world = await customerTalks();
  });

  it("is shown as held to the colleague, who may take the customer off hold", async () => {
    await world.transferTo("agent2");
    expect((await hold(true)).status).toBe(200);
    await world.two.page.until(customerIsHeld);
    expect((await world.two.browser.post(world.path("/hold"), { onHold: false })).status).toBe(200);
    await world.one.page.until((view) => !customerIsHeld(view));
  });

  it("stays off hold when that agent is not in the call", async () => {
    await world.operator.post(world.path("/transfer"), { to: "agent2" });
    await world.bob.until("ringing");
    expect(
      (await refusalOf(world.two.browser.post(world.path("/hold"), { onHold: true }))).slice(0, 2),
    ).toEqual([409, "not-in-call"]);
  });

  it("stays off hold when the request does not say on or off", async () => {
    expect((await refusalOf(hold("yes"))).slice(0, 2)).toEqual([400, "usage"]);
  });
});
