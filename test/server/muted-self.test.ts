import { beforeEach, describe, expect, it } from "vitest";
import type { AgentView } from "../../src/server/agent-events.ts";
import type { CallView } from "../../src/server/control-api.ts";
import { type TalkingWorld, customerTalks } from "./support/talking.ts";

const mutes = (view: AgentView) =>
  view.call?.legs.map(({ label, muted, mutedSelf }) => ({ label, muted, mutedSelf })) ?? [];

describe("an agent who mutes the microphone in the page", () => {
  let world: TalkingWorld;
  beforeEach(async () => {
    world = await customerTalks();
    await world.transferTo("agent2");
  });

  it("is shown as muted to the colleague, apart from an operator's mute", async () => {
    const { one, two, path, operator } = world;
    expect((await one.browser.post(path("/muted"), { muted: true })).status).toBe(200);
    const seen = await two.page.until((view) => mutes(view).some(({ mutedSelf }) => mutedSelf));
    expect(mutes(seen)).toEqual([
      { label: "customer", muted: false, mutedSelf: false },
      { label: "agent1-1", muted: false, mutedSelf: true },
      { label: "agent2-1", muted: false, mutedSelf: false },
    ]);
    await operator.post(path("/participants/agent1-1/mute"));
    await one.browser.post(path("/muted"), { muted: false });
    const after = await two.page.until((view) => !mutes(view).some(({ mutedSelf }) => mutedSelf));
    expect(mutes(after)[1]).toEqual({ label: "agent1-1", muted: true, mutedSelf: false });
  });

  it("sends no request to Twilio, where the leg is not muted", async () => {
    const { one, path, twilio } = world;
    const answer = await one.browser.post(path("/muted"), { muted: true });
    const { conferenceSid } = (await answer.json()) as CallView;
    await twilio.settled();
    const { accountSid, authToken } = twilio.credentials;
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
    const list = `/2010-04-01/Accounts/${accountSid}/Conferences/${conferenceSid}/Participants.json`;
    const { participants } = (await (
      await fetch(twilio.url + list, { headers: { authorization } })
    ).json()) as {
      participants: { muted: boolean }[];
    };
    expect(participants.map(({ muted }) => muted)).toEqual([false, false, false]);
  });

  it("is no longer shown as muted in the next call", async () => {
    const { two, path, bob, operator } = world;
    await two.browser.post(path("/muted"), { muted: true });
    await operator.post(path("/participants/agent2-1/remove"));
    await two.page.until((view) => view.state === "free");
    await operator.post(path("/transfer"), { to: "agent2" });
    await bob.until("ringing");
    bob.answer();
    const again = await two.page.until((view) => view.state === "in-call" && view.label === "agent2-2");
    expect(mutes(again).at(-1)).toEqual({ label: "agent2-2", muted: false, mutedSelf: false });
  });

  it("must be an agent in this call", async () => {
    const { two, operator, path, bob } = world;
    expect((await operator.post(path("/muted"), { muted: true })).status).toBe(403);
    expect((await two.browser.post(path("/muted"), { muted: "yes" })).status).toBe(400);
    bob.hangUp();
    await two.page.until((view) => view.state !== "in-call");
    const late = await two.browser.post(path("/muted"), { muted: true });
    expect([late.status, await late.json()]).toMatchObject([409, { error: { code: expect.any(String) } }]);
  });
});
