import { describe, expect, it } from "vitest";
import { CUSTOMER } from "../support/emulator-stage.ts";
import { TARGET, participantOrder, talking } from "./talking.ts";

describe("a participant whom REST dials", () => {
  it("is in the list while it rings, and leaves if it does not answer", async () => {
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

  it("rings audibly for a lone participant, unless the request says otherwise", async () => {
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

  it("creates its conference if there is none", async () => {
    const { stage, emulator, clock, hearing } = await talking();
    emulator.people.add(TARGET, { habit: { kind: "answers", afterMs: 0 } });
    emulator.engine.createParticipant("another room", participantOrder(stage, TARGET));
    await clock.advance(0);
    expect(hearing()).toContain(`${TARGET} <- [wait]`);
  });
});

describe("a participant whom the emulator refuses", () => {
  it("goes on with the next verb if its label is taken", async () => {
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

  it.each([
    [20404, 404],
    [16022, 400],
  ] as const)("a conference that is over, with %i", async (endedConferenceCode, status) => {
    const { stage, emulator, conference } = await talking({ quirks: { endedConferenceCode } });
    emulator.engine.updateConference(conference, { end: true });
    expect(() => emulator.engine.createParticipant(conference.sid, participantOrder(stage, TARGET))).toThrow(
      expect.objectContaining({ code: endedConferenceCode, status }),
    );
  });
});
