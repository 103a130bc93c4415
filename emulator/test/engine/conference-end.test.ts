import { describe, expect, it } from "vitest";
import type { Quirks } from "../../src/quirks.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";

const AGENT = "client:agent1";
const SUBSCRIBED = `statusCallback="/events" statusCallbackEvent="start end join leave"`;

/** A customer and an agent talk; the customer's exit ends the conference. */
async function talking(after = `action="/after"`, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  const { app, emulator, clock } = stage;
  app.on("/voice", `<Dial><Conference endConferenceOnExit="true" ${SUBSCRIBED}>room</Conference></Dial>`);
  app.on("/agent", `<Dial ${after}><Conference>room</Conference></Dial><Say>Next verb.</Say>`);
  app.on("/after", "<Say>Bye.</Say>");
  const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
  const customer = await stage.rings();
  emulator.engine.createCall(stage.order(AGENT));
  await clock.advance(0);
  const conference = [...emulator.engine.world.conferences.values()][0];
  if (!conference) throw new Error("There is no conference");
  return { ...stage, agent, customer, conference };
}

const lastReports = ({ emulator }: EmulatorStage): string[] =>
  emulator.deliveries
    .filter((d) => d.kind === "call-status" || d.kind === "conference-status")
    .map((d) => d.params.StatusCallbackEvent ?? `call-${d.params.CallStatus}`)
    .slice(-4);

describe("when a conference ends", () => {
  it("the remaining participants go on with their action, without the fields of a dialled call", async () => {
    const { customer, agent, app, emulator } = await talking();
    customer.hangUp();
    await emulator.settled();
    expect(agent.captions).toEqual(["Bye."]);
    const [action] = app.to("/after");
    expect(action?.params).toMatchObject({ DialCallStatus: "answered", CallStatus: "in-progress" });
    expect(Object.keys(action?.params ?? {})).not.toContain("DialCallSid");
    expect(Object.keys(action?.params ?? {})).not.toContain("DialCallDuration");
  });

  it("a participant without an action goes on with the next verb, and is then hung up", async () => {
    const { customer, agent, emulator, clock } = await talking("");
    customer.hangUp();
    await emulator.settled();
    expect(agent.captions).toEqual(["Next verb."]);
    await clock.advance(10_000);
    expect(agent.state).toBe("idle");
  });

  it("its callback says who ended it and why", async () => {
    const { customer, conference, app, emulator, sent } = await talking();
    const { callSid } = customer;
    customer.hangUp();
    await emulator.settled();
    const end = app.to("/events").find((r) => r.params.StatusCallbackEvent === "conference-end");
    expect(end?.params).toMatchObject({
      CallSidEndingConference: callSid,
      ReasonConferenceEnded: "participant-with-end-conference-on-exit-left",
    });
    expect(conference).toMatchObject({ status: "completed", callSidEndingConference: callSid });
    const leaves = sent("/events").filter((params) => params.StatusCallbackEvent === "participant-leave");
    expect(leaves.map((params) => [params.ReasonParticipantLeft, params.ParticipantCallStatus])).toEqual([
      ["participant_hung_up", "completed"],
      ["moderator_ended_conference", "in-progress"],
    ]);
  });

  it("a change of endConferenceOnExit during the call counts", async () => {
    const { customer, agent, conference, emulator } = await talking();
    const participant = conference.participants.get(customer.callSid ?? "");
    if (!participant) throw new Error("The customer is not in the conference");
    emulator.engine.updateParticipant(conference, participant, { endConferenceOnExit: false });
    customer.hangUp();
    await emulator.settled();
    expect(conference.status).toBe("in-progress");
    expect(agent.captions).toEqual([]);
    agent.hangUp();
    expect(conference.reasonConferenceEnded).toBe("last-participant-left");
  });

  it("by REST, a call of the same name gets a new conference", async () => {
    const { conference, emulator, customer, agent, rings } = await talking("");
    emulator.engine.updateConference(conference, { end: true });
    await emulator.settled();
    expect(conference).toMatchObject({
      status: "completed",
      reasonConferenceEnded: "conference-ended-via-api",
    });
    expect(customer.state).toBe("idle");
    expect(agent.captions).toEqual(["Next verb."]);
    await rings();
    const sids = [...emulator.engine.world.conferences.values()].map((c) => c.sid);
    expect(new Set(sids).size).toBe(2);
  });
});

describe("the unsettled order of the last reports", () => {
  const orders: [Quirks["endOrder"], string[]][] = [
    ["leave-end-completed", ["participant-leave", "participant-leave", "conference-end", "call-completed"]],
    ["end-leave-completed", ["conference-end", "participant-leave", "participant-leave", "call-completed"]],
    ["completed-leave-end", ["call-completed", "participant-leave", "participant-leave", "conference-end"]],
  ];
  it.each(orders)("%s", async (endOrder, expected) => {
    const stage = await talking("", { quirks: { endOrder } });
    const { agent, emulator, conference } = stage;
    const participant = conference.participants.get(agent.callSid ?? "");
    if (!participant) throw new Error("The agent is not in the conference");
    emulator.engine.updateParticipant(conference, participant, { endConferenceOnExit: true });
    agent.hangUp();
    await emulator.settled();
    expect(lastReports(stage)).toEqual(expected);
  });

  it.each([0, 1] as const)("numbers from %s", async (firstConferenceSequence) => {
    const { sent } = await talking("", { quirks: { firstConferenceSequence } });
    expect(sent("/events")[0]?.SequenceNumber).toBe(String(firstConferenceSequence));
  });
});
