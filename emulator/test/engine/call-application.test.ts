import { describe, expect, it } from "vitest";
import { CUSTOMER, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const SID = `AP${"a".repeat(32)}`;

/** An application behind `/app`, and an app whose own side of a call is `/agent`. */
async function applied(documents: { app: string; agent: string }) {
  const stage = await startEmulatorStage({ applications: [{ sid: SID, voiceUrl: "" }] });
  const { app, emulator } = stage;
  emulator.applications[0]!.voiceUrl = `${app.url}/app`;
  app.on("/app", documents.app);
  app.on("/agent", documents.agent);
  return stage;
}

describe("a call by REST to an application", () => {
  it("is answered by the application's TwiML, and runs its own", async () => {
    const { emulator, order, clock, app, sent } = await applied({
      app: "<Pause length='9'/>",
      agent: "<Pause/>",
    });
    const call = emulator.engine.createCall(order(`app:${SID}?Ticket=9%268`));
    await clock.advance(0);
    expect(call.status).toBe("in-progress");
    expect(app.to("/app")[0]?.params).toMatchObject({
      Direction: "inbound",
      From: NUMBER,
      To: SID,
      ApplicationSid: SID,
      Param_Ticket: "9&8",
    });
    expect(app.to("/agent")[0]?.params).toMatchObject({ CallSid: call.sid, Direction: "outbound-api" });
    await clock.advance(2_000);
    const statuses = sent("/calls").map(({ CallStatus }) => CallStatus);
    expect(statuses).toEqual(["initiated", "ringing", "in-progress", "completed"]);
    expect(sent("/calls")[0]).toMatchObject({ To: `app:${SID}?Ticket=9%268`, FromCountry: "US" });
    expect(sent("/calls")[0]).not.toHaveProperty("ToCountry");
    const ended = [...emulator.engine.world.calls.values()].map(({ status }) => status);
    expect(ended).toEqual(["completed", "completed"]);
  });

  it("connects whom both sides dial", async () => {
    const { emulator, order, clock } = await applied({
      app: "<Dial><Client>agent1</Client></Dial>",
      agent: "<Dial><Client>agent2</Client></Dial>",
    });
    const [one, two] = ["client:agent1", "client:agent2"].map((address) =>
      emulator.people.add(address, { habit: { kind: "answers", afterMs: 0 } }),
    );
    emulator.engine.createCall(order(`app:${SID}`));
    await clock.advance(0);
    expect([one?.hears(), two?.hears()]).toEqual([["client:agent2"], ["client:agent1"]]);
    one?.hangUp();
    await clock.advance(0);
    expect(two?.state).toBe("idle");
  });

  it("presses keys with <Play digits>, which the application gathers", async () => {
    const { emulator, order, clock, sent } = await applied({
      app: `<Gather numDigits="2" action="/chosen"/>`,
      agent: `<Play digits="ww1w2"/><Pause length="10"/>`,
    });
    emulator.engine.createCall(order(`app:${SID}`));
    await clock.advance(1_000);
    expect(sent("/chosen")).toMatchObject([{ Digits: "12", To: SID }]);
  });

  it("goes on through a second application, with the browser that called the first one", async () => {
    const other = `AP${"b".repeat(32)}`;
    const applications = [SID, other].map((sid) => ({ sid, voiceUrl: "" }));
    const { app, emulator, clock } = await startEmulatorStage({ applications });
    for (const each of emulator.applications) each.voiceUrl = `${app.url}/${each.sid}`;
    app.on(`/${SID}`, `<Dial><Application>${other}</Application></Dial>`);
    app.on(`/${other}`, "<Say>One moment.</Say><Dial><Client>bob</Client></Dial>");
    const bob = emulator.people.add("client:bob", { habit: { kind: "answers", afterMs: 0 } });
    const alice = emulator.people.add("client:alice");
    await alice.call(`app:${SID}`);
    await clock.advance(5_000);
    expect([alice.captions, alice.hears(), bob.hears()]).toEqual([
      ["One moment."],
      ["client:bob"],
      ["client:alice"],
    ]);
    bob.hangUp();
    await clock.advance(0);
    expect([alice.state, [...emulator.engine.hearing()]]).toEqual(["idle", []]);
  });

  it("from a browser's identity is no browser's call: it takes no messages", async () => {
    const { emulator, order, clock } = await applied({ app: "<Pause length='9'/>", agent: "<Pause/>" });
    emulator.engine.createCall(order(`app:${SID}`, { from: "client:agent1" }));
    await clock.advance(0);
    for (const call of emulator.engine.world.calls.values())
      expect(() => emulator.engine.sendMessage(call, {})).toThrow("it is no call of a browser");
  });

  it.each([
    [`<Reject reason="busy"/>`, "busy"],
    ["<Reject/>", "no-answer"],
  ])("is refused by %s", async (app, status) => {
    const { emulator, order, clock } = await applied({ app, agent: "<Pause/>" });
    const call = emulator.engine.createCall(order(`app:${SID}`));
    await clock.advance(0);
    expect(call.status).toBe(status);
  });

  it("fails if the application was deleted after it was asked for", async () => {
    const { emulator, order, clock, warnings } = await applied({ app: "<Pause/>", agent: "<Pause/>" });
    const call = emulator.engine.createCall(order(`app:${SID}`));
    emulator.engine.world.applications.delete(SID);
    await clock.advance(0);
    expect([call.status, warnings().map(({ code }) => code)]).toEqual(["failed", [21218]]);
  });

  it("brings the application into a conference as a participant", async () => {
    const { app, emulator, clock, rings } = await applied({
      app: "<Dial><Client>agent1</Client></Dial>",
      agent: "",
    });
    const agent = emulator.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
    app.on("/voice", "<Dial><Conference>room</Conference></Dial>");
    const customer = await rings();
    const { accountSid, authToken } = emulator.credentials;
    const path = `/2010-04-01/Accounts/${accountSid}/Conferences/room/Participants.json`;
    const created = await fetch(emulator.url + path, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      body: new URLSearchParams({ To: `app:${SID}`, From: NUMBER }),
    });
    expect(created.status).toBe(201);
    await clock.advance(0);
    expect([customer.hears(), agent.hears()]).toEqual([["client:agent1"], [CUSTOMER]]);
  });
});
