import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../support/emulator-stage.ts";
import { AGENT, TARGET, eventsOf, participantOrder, talking } from "./talking.ts";

describe("hold and mute", () => {
  it("give a held customer music, who neither hears nor is heard", async () => {
    const { emulator, conference, of, customer, hearing, stage } = await talking();
    emulator.engine.updateParticipant(conference, of(customer), { hold: true });
    expect(hearing()).toEqual([`${CUSTOMER} <- [hold]`, `${AGENT} <- [silence]`]);
    emulator.engine.updateParticipant(conference, of(customer), { hold: false });
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
    await emulator.settled();
    expect(eventsOf(stage).slice(-2)).toEqual(["participant-hold", "participant-unhold"]);
  });

  it("are silent without a hold address, in the other variant", async () => {
    const { emulator, conference, of, customer, hearing } = await talking({
      quirks: { holdWithoutUrl: "silence" },
    });
    emulator.engine.updateParticipant(conference, of(customer), { hold: true });
    expect(hearing()).toContain(`${CUSTOMER} <- [silence]`);
  });

  it("play the hold address's document on hold", async () => {
    const { emulator, app, conference, of, customer, clock, hearing } = await talking();
    app.on("/hold", "<Say>One moment.</Say>");
    const holdHook = { url: `${app.url}/hold`, method: "GET" } as const;
    emulator.engine.updateParticipant(conference, of(customer), { hold: true, holdHook });
    await emulator.settled();
    expect(customer.captions).toEqual(["One moment."]);
    expect(app.to("/hold")).toMatchObject([{ method: "GET", isSigned: true }]);
    await clock.advance(20_000);
    expect(hearing()[0]).toBe(`${CUSTOMER} <- [silence]`);
  });

  it("let a muted agent hear", async () => {
    const { emulator, conference, of, agent, hearing } = await talking();
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`, `${AGENT} <- ${CUSTOMER}`]);
  });

  it("report a change once", async () => {
    const { emulator, conference, of, agent, stage } = await talking();
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    await emulator.settled();
    expect(eventsOf(stage).filter((event) => event === "participant-mute")).toHaveLength(1);
  });
});

describe("announcements", () => {
  it("reach one participant only, over the others' voices", async () => {
    const { emulator, app, conference, of, customer, agent, stage, clock } = await talking();
    app.on("/announce", "<Say>Your agent will be back.</Say>");
    const announce = { url: `${app.url}/announce`, method: "POST" } as const;
    emulator.engine.updateParticipant(conference, of(customer), { announce });
    await emulator.settled();
    expect([customer.captions, agent.captions]).toEqual([["Your agent will be back."], []]);
    expect(emulator.engine.hearsSound(customer.callSid ?? "")).toBe("announcement");
    await clock.advance(20_000);
    expect(emulator.engine.hearsSound(customer.callSid ?? "")).toBe("silence");
    expect(eventsOf(stage).at(-1)).toBe("announcement-end");
  });

  it("say why they failed", async () => {
    const { emulator, app, conference, sent } = await talking();
    app.on("/announce", { status: 404 });
    emulator.engine.updateConference(conference, {
      announce: { url: `${app.url}/announce`, method: "POST" },
    });
    await emulator.settled();
    expect(sent("/events").at(-1)).toMatchObject({
      StatusCallbackEvent: "announcement-fail",
      ReasonAnnouncementFailed: expect.stringContaining("404"),
    });
  });
});

describe("a participant who is removed", () => {
  it("goes on with its TwiML", async () => {
    const { emulator, conference, of, customer, stage, sent } = await talking();
    emulator.engine.removeParticipant(conference, of(customer));
    await emulator.settled();
    expect(customer.captions).toEqual(["You are out."]);
    expect(eventsOf(stage).at(-1)).toBe("participant-leave");
    expect(sent("/events").at(-1)?.ReasonParticipantLeft).toBe("participant_updated_via_api");
  });

  it("is hung up, in the other variant", async () => {
    const { emulator, conference, of, customer } = await talking({
      quirks: { removedParticipant: "hangs-up" },
    });
    emulator.engine.removeParticipant(conference, of(customer));
    expect(customer.state).toBe("idle");
    await emulator.settled();
    expect(customer.captions).toEqual([]);
  });

  it("is hung up if it has no TwiML", async () => {
    const { emulator, conference, of, agent, customer } = await talking();
    emulator.engine.removeParticipant(conference, of(agent));
    expect([agent.state, customer.state]).toEqual(["idle", "talking"]);
  });

  it("stops ringing if it has not answered yet", async () => {
    const { emulator, conference, stage, sent } = await talking();
    const target = emulator.people.add(TARGET);
    const ringing = emulator.engine.createParticipant("room", participantOrder(stage, TARGET));
    expect(ringing.status).toBe("queued");
    await emulator.settled();
    emulator.engine.removeParticipant(conference, ringing);
    await emulator.settled();
    expect([target.state, conference.status]).toEqual(["idle", "in-progress"]);
    expect(sent("/events").at(-1)).toMatchObject({
      StatusCallbackEvent: "participant-leave",
      ParticipantCallStatus: "canceled",
    });
  });

  it("cannot be removed twice", async () => {
    const { emulator, conference, of, agent } = await talking();
    const participant = of(agent);
    emulator.engine.removeParticipant(conference, participant);
    expect(() => emulator.engine.removeParticipant(conference, participant)).toThrow(
      /is not in the conference/,
    );
  });
});

it("a redirected call leaves its conference", async () => {
  const { emulator, customer, agent, app, hearing } = await talking();
  app.on("/elsewhere", "<Say>Elsewhere.</Say><Pause length='60'/>");
  const call = emulator.engine.world.calls.get(customer.callSid ?? "");
  if (!call) throw new Error("The customer has no call");
  emulator.engine.updateCall(call, { voice: { url: `${app.url}/elsewhere`, method: "POST" } });
  await emulator.settled();
  expect(customer.captions).toEqual(["Elsewhere."]);
  expect(agent.state).toBe("talking");
  expect(hearing()).toEqual([`${CUSTOMER} <- [say]`, `${AGENT} <- [silence]`]);
  expect(app.to("/after")).toEqual([]);
});
