import { describe, expect, it } from "vitest";
import type { ParticipantOrder } from "../../../src/emulator/engine/engine.ts";
import type { ParticipantState } from "../../../src/emulator/types.ts";
import type { Person } from "../../../src/emulator/people/people.ts";
import { CUSTOMER, type Stage, startStage } from "../../support/emulator-stage.ts";

const AGENT = "client:agent1";
const TARGET = "client:agent2";

function participantOrder(
  stage: Stage,
  to: string,
  change: Partial<ParticipantOrder> = {},
): ParticipantOrder {
  const { voice: _v, twiml: _t, fallback: _f, ...dial } = stage.order(to);
  const defaults = { muted: false, startConferenceOnEnter: true, endConferenceOnExit: false, waitHook: null };
  const coach = { coaching: false, callSidToCoach: null, earlyMedia: true };
  const events = new Set(["start", "end", "join", "leave", "mute", "hold", "modify", "announcement"]);
  const conferenceStatusCallback = { url: `${stage.app.url}/events`, method: "POST" as const, events };
  const room = { beep: "true" as const, maxParticipants: 250, conferenceStatusCallback };
  return { ...dial, ...defaults, ...coach, ...room, label: null, ...change };
}

/** A customer by TwiML and an agent by REST talk in `room`. */
async function talking(options: Parameters<typeof startStage>[0] = {}) {
  const stage = await startStage(options);
  const { app, emulator, clock } = stage;
  app.on(
    "/voice",
    `<Dial action="/after"><Conference participantLabel="customer" statusCallback="/events"
      statusCallbackEvent="start end join leave mute hold modify announcement">room</Conference></Dial>`,
  );
  app.on("/after", "<Say>You are out.</Say>");
  const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
  const customer = await stage.rings();
  emulator.engine.createParticipant("room", participantOrder(stage, AGENT, { label: "agent1" }));
  await clock.advance(0);
  const conference = [...emulator.engine.world.conferences.values()][0];
  if (!conference) throw new Error("There is no conference");
  const of = (person: Person): ParticipantState => {
    const found = conference.participants.get(person.callSid ?? "");
    if (!found) throw new Error(`${person.address} is not in the conference`);
    return found;
  };
  return { ...stage, stage, agent, customer, conference, of };
}

const eventsOf = ({ sent }: Stage): (string | undefined)[] =>
  sent("/events").map((p) => p.StatusCallbackEvent);

describe("hold and mute", () => {
  it("keeps a held customer from hearing and being heard, with music", async () => {
    const { emulator, conference, of, customer, hearing, stage } = await talking();
    emulator.engine.updateParticipant(conference, of(customer), { hold: true });
    expect(hearing()).toEqual([`${CUSTOMER} <- [hold]`, `${AGENT} <- [silence]`]);
    emulator.engine.updateParticipant(conference, of(customer), { hold: false });
    expect(hearing()).toEqual([`${CUSTOMER} <- ${AGENT}`, `${AGENT} <- ${CUSTOMER}`]);
    await emulator.settled();
    expect(eventsOf(stage).slice(-2)).toEqual(["participant-hold", "participant-unhold"]);
  });

  it("plays the hold address's document while on hold", async () => {
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

  it("lets a muted agent hear", async () => {
    const { emulator, conference, of, agent, hearing } = await talking();
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`, `${AGENT} <- ${CUSTOMER}`]);
  });

  it("reports a change once", async () => {
    const { emulator, conference, of, agent, stage } = await talking();
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    emulator.engine.updateParticipant(conference, of(agent), { muted: true });
    await emulator.settled();
    expect(eventsOf(stage).filter((event) => event === "participant-mute")).toHaveLength(1);
  });
});

describe("announcements", () => {
  it("are heard by one participant alone, over the others' voices", async () => {
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

  it("is hung up on, in the other variant", async () => {
    const { emulator, conference, of, customer } = await talking({
      quirks: { removedParticipant: "hangs-up" },
    });
    emulator.engine.removeParticipant(conference, of(customer));
    expect(customer.state).toBe("idle");
    await emulator.settled();
    expect(customer.captions).toEqual([]);
  });

  it("is hung up on when no TwiML stands behind it", async () => {
    const { emulator, conference, of, agent, customer } = await talking();
    emulator.engine.removeParticipant(conference, of(agent));
    expect([agent.state, customer.state]).toEqual(["idle", "talking"]);
  });

  it("stops ringing when it has not answered yet", async () => {
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

describe("a participant whom REST dials", () => {
  it("is in the list while it rings, and leaves when it does not answer", async () => {
    const { emulator, conference, stage, clock, sent } = await talking();
    emulator.people.add(TARGET);
    const target = emulator.engine.createParticipant(
      "room",
      participantOrder(stage, TARGET, { timeout: 20 }),
    );
    await emulator.settled();
    expect(target.status).toBe("ringing");
    expect(conference.participants.has(target.callSid)).toBe(true);
    await clock.advance(24_999);
    expect(target.status).toBe("ringing");
    await clock.advance(1);
    expect(conference.participants.has(target.callSid)).toBe(false);
    expect(sent("/events").at(-1)).toMatchObject({
      StatusCallbackEvent: "participant-leave",
      ReasonParticipantLeft: "participant_add_failed",
      ParticipantCallStatus: "no-answer",
    });
    expect(sent("/events").filter((p) => p.CallSid === target.callSid)).toHaveLength(1);
  });

  it("is reported with a join before that leave, in the other variant", async () => {
    const { emulator, stage, sent } = await talking({ quirks: { joinBeforeFailedLeave: true } });
    const target = emulator.engine.createParticipant("room", participantOrder(stage, TARGET));
    await emulator.settled();
    const events = sent("/events").filter((p) => p.CallSid === target.callSid);
    expect(events.map((p) => p.StatusCallbackEvent)).toEqual(["participant-join", "participant-leave"]);
  });

  it("stops ringing when the conference ends", async () => {
    const { emulator, conference, stage } = await talking();
    const target = emulator.people.add(TARGET);
    emulator.engine.createParticipant("room", participantOrder(stage, TARGET));
    await emulator.settled();
    expect(target.state).toBe("ringing");
    emulator.engine.updateConference(conference, { end: true });
    expect(target.state).toBe("idle");
  });

  it("is heard ringing by who is left alone, unless it was asked not to be", async () => {
    const { emulator, stage, customer, agent, clock, hearing } = await talking();
    agent.hangUp();
    const target = emulator.people.add(TARGET);
    emulator.engine.createParticipant("room", participantOrder(stage, TARGET, { earlyMedia: false }));
    await emulator.settled();
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
    target.decline();
    emulator.engine.createParticipant("room", participantOrder(stage, TARGET));
    await clock.advance(0);
    expect(emulator.engine.hearsSound(customer.callSid ?? "")).toBe("ringing");
    target.answer();
    expect(hearing()).toEqual([`${CUSTOMER} <- ${TARGET}`, `${TARGET} <- ${CUSTOMER}`]);
    target.hangUp();
    expect(hearing()).toEqual([`${CUSTOMER} <- [silence]`]);
  });

  it("makes its conference when nobody has", async () => {
    const { stage, emulator, clock, hearing } = await talking();
    emulator.people.add(TARGET, { habit: { kind: "answers", afterMs: 0 } });
    emulator.engine.createParticipant("another room", participantOrder(stage, TARGET));
    await clock.advance(0);
    expect(hearing()).toContain(`${TARGET} <- [wait]`);
  });
});

describe("who is refused", () => {
  it("goes on with the next verb when its label is taken", async () => {
    const { rings, warnings, conference } = await talking();
    const second = await rings("+15550122222");
    expect(second.captions).toEqual(["You are out."]);
    expect(warnings().map((w) => w.code)).toEqual([16025]);
    expect(conference.participants.size).toBe(2);
  });

  it.each([
    ["a label that is taken", { label: "customer" }, 16026],
    ["a label with a slash", { label: "a/b" }, 16024],
    ["a coach of somebody who is not there", { coaching: true, callSidToCoach: "CA0" }, 16028],
  ])("%s", async (_, change, code) => {
    const { stage, emulator } = await talking();
    const order = participantOrder(stage, TARGET, change);
    expect(() => emulator.engine.createParticipant("room", order)).toThrow(expect.objectContaining({ code }));
  });

  it("a conference that is over", async () => {
    const { stage, emulator, conference } = await talking();
    emulator.engine.updateConference(conference, { end: true });
    expect(() => emulator.engine.createParticipant(conference.sid, participantOrder(stage, TARGET))).toThrow(
      expect.objectContaining({ code: 20404, status: 404 }),
    );
  });
});

it("takes a redirected call out of its conference", async () => {
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
