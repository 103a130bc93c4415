import { describe, expect, it } from "vitest";
import type { Label } from "../../../src/call/types.ts";
import { AppError } from "../../../src/errors.ts";
import { customerKindOf } from "../../../src/twilio/addresses.ts";
import {
  readBriefed,
  readCallEvent,
  readConferenceEvent,
  readInboundCall,
} from "../../../src/twilio/webhooks/facts.ts";
import { type RawForm, createForm } from "../../../src/twilio/webhooks/form.ts";
import { AGENT_SID, CALL, CONFERENCE } from "../support/values.ts";

const NOW = 5_000;
const Timestamp = "Fri, 20 Aug 2010 01:13:42 +0000";
const AT = Date.UTC(2010, 7, 20, 1, 13, 42);

const callEvent = (fields: RawForm, query: RawForm = { call: CALL, leg: "agent1-1" }) =>
  readCallEvent(createForm(query), createForm({ CallSid: AGENT_SID, ...fields }), NOW);
const conferenceEvent = (fields: RawForm) =>
  readConferenceEvent(createForm({ FriendlyName: CALL, ConferenceSid: CONFERENCE, ...fields }), NOW);

describe("a call status callback", () => {
  it.each([
    ["initiated", "leg-dialled"],
    ["ringing", "leg-ringing"],
    ["in-progress", "leg-answered"],
  ])("%s is the fact %s, at Twilio's time", (CallStatus, kind) => {
    expect(callEvent({ CallStatus, Timestamp, SomethingNew: "x" })).toEqual({
      call: CALL,
      fact: { kind, at: NOW, stamp: AT, label: "agent1-1", callSid: AGENT_SID },
    });
  });

  it.each([
    ["completed", "200", { answered: true }],
    ["busy", "486", { answered: false, reason: "declined" }],
    ["no-answer", "487", { answered: false, reason: "no-answer" }],
    ["no-answer", "603", { answered: false, reason: "declined" }],
    ["no-answer", "404", { answered: false, reason: "unreachable" }],
    ["no-answer", undefined, { answered: false, reason: "no-answer" }],
    ["failed", "404", { answered: false, reason: "unreachable" }],
    ["failed", "500", { answered: false, reason: "error" }],
    ["canceled", undefined, { answered: false, reason: "cancelled" }],
  ])("%s with SIP %s ends a browser's leg: %j", (CallStatus, SipResponseCode, end) => {
    const fact = callEvent({ CallStatus, SipResponseCode, To: "client:agent1" }).fact;
    expect(fact).toMatchObject({ kind: "leg-ended", end });
  });

  it.each([
    ["busy", "486", "busy"],
    ["no-answer", "603", "declined"],
    ["failed", "404", "unreachable"],
  ])("%s with SIP %s of a phone: %s", (CallStatus, SipResponseCode, reason) => {
    const fact = callEvent({ CallStatus, SipResponseCode, To: "+15550199999" }).fact;
    expect(fact).toMatchObject({ kind: "leg-ended", end: { answered: false, reason } });
  });

  it("without a leg in its address is about the customer", () => {
    const { call, fact } = callEvent({ CallStatus: "completed", CallSid: CALL }, {});
    expect([call, fact]).toMatchObject([CALL, { label: "customer", callSid: CALL }]);
  });

  it("with an unknown status returns no fact", () => {
    expect(callEvent({ CallStatus: "pondering" }).fact).toBeNull();
  });

  it.each([
    { CallStatus: "ringing", CallSid: "CA1" },
    { CallStatus: "ringing", CallSid: [AGENT_SID, AGENT_SID] },
    { CallStatus: "ringing", Timestamp: "yesterday, at noon" },
    { CallStatus: undefined },
  ])("of a wrong shape is refused: %j", (fields) => {
    expect(() => callEvent(fields)).toThrow(AppError);
  });

  it.each([
    { call: "x", leg: "agent1-1" },
    { call: CALL, leg: "<Hangup/>" },
    { call: CALL, leg: "a".repeat(129) },
  ])("with a wrong address is refused: %j", (query) => {
    expect(() => callEvent({ CallStatus: "ringing" }, query)).toThrow(AppError);
  });
});

describe("the answer to a briefing", () => {
  const LEG = "outside-1" as Label;
  const answer = (fields: RawForm) => readBriefed(createForm({ CallSid: AGENT_SID, ...fields }), LEG, NOW);

  it("takes the call with the key 1", () => {
    expect(answer({ Digits: "1" })).toBeNull();
  });

  it.each([
    [{ Digits: "2" }, "declined"],
    [{ Digits: "#" }, "declined"],
    [{ Digits: "" }, "machine"],
    [{}, "machine"],
  ])("%j: %s", (fields, reason) => {
    expect(answer(fields)).toEqual({ kind: "leg-refused", at: NOW, label: LEG, callSid: AGENT_SID, reason });
  });
});

describe("a conference status callback", () => {
  const who = { CallSid: AGENT_SID, ParticipantLabel: "agent1-1", Timestamp };
  const participant = { at: NOW, stamp: AT, label: "agent1-1", callSid: AGENT_SID, conference: CONFERENCE };

  it("reports a joined participant", () => {
    const fact = { kind: "participant-joined", ...participant };
    expect(conferenceEvent({ StatusCallbackEvent: "participant-join", ...who })).toEqual({
      call: CALL,
      fact,
    });
  });

  it.each([
    ["participant_hung_up", { because: "hung-up" }],
    ["participant_updated_via_api", { because: "removed" }],
    ["conference_ended_via_api", { because: "conference-ended" }],
    ["moderator_ended_conference", { because: "conference-ended" }],
    ["something new", {}],
    [undefined, {}],
  ])("reports a left participant: %s", (ReasonParticipantLeft, because) => {
    const event = conferenceEvent({
      StatusCallbackEvent: "participant-leave",
      ...who,
      ReasonParticipantLeft,
    });
    expect(event.fact).toEqual({ kind: "participant-left", ...participant, ...because });
  });

  it("reports the end of the conference, and who caused it", () => {
    const end = { StatusCallbackEvent: "conference-end", Timestamp };
    const fact = { kind: "conference-ended", at: NOW, stamp: AT, conference: CONFERENCE };
    expect(conferenceEvent(end).fact).toEqual({ ...fact, endedBy: null });
    const ended = conferenceEvent({ ...end, ParticipantLabelEndingConference: "customer" });
    expect(ended.fact).toEqual({ ...fact, endedBy: "customer" });
  });

  it("recognizes only the customer without a label", () => {
    const join = { StatusCallbackEvent: "participant-join" };
    expect(conferenceEvent({ ...join, CallSid: CALL }).fact).toMatchObject({ label: "customer", at: NOW });
    expect(conferenceEvent({ ...join, CallSid: AGENT_SID }).fact).toBeNull();
  });

  it.each(["conference-start", "participant-mute", "participant-hold", "something-new"])(
    "needs nothing done for %s",
    (StatusCallbackEvent) => {
      expect(conferenceEvent({ StatusCallbackEvent, SequenceNumber: "NaN" })).toEqual({
        call: CALL,
        fact: null,
      });
    },
  );

  it.each([
    { ...who, StatusCallbackEvent: "participant-join", ParticipantLabel: "a".repeat(129) },
    { ...who, StatusCallbackEvent: "participant-join", ParticipantLabel: "<Hangup/>" },
    { ...who, StatusCallbackEvent: "participant-join", ConferenceSid: "CF1" },
    { ...who, StatusCallbackEvent: "participant-join", FriendlyName: "my room" },
    { ...who, StatusCallbackEvent: ["participant-join", "participant-leave"] },
    { ...who, StatusCallbackEvent: "" },
  ])("of a wrong shape is refused: %j", (fields) => {
    expect(() => conferenceEvent(fields)).toThrow(AppError);
  });
});

describe("a customer's call", () => {
  it.each(["+15550111111", "sip:alice@example.com", "client:somebody", "0612345678"])(
    "comes from %s",
    (From) => {
      const read = readInboundCall(createForm({ CallSid: CALL, From }), NOW);
      expect(read).toEqual({
        call: CALL,
        fact: { kind: "customer-called", at: NOW, call: CALL, number: From },
      });
    },
  );

  const numberOf = (From: string | string[] | undefined): string => {
    const { fact } = readInboundCall(
      createForm(From === undefined ? { CallSid: CALL } : { CallSid: CALL, From }),
      NOW,
    );
    return fact.kind === "customer-called" ? fact.number : fact.kind;
  };

  it.each([
    undefined,
    "",
    "  ",
    "anonymous",
    "Restricted",
    "UNKNOWN",
    "unavailable",
    "+266696687",
    "266696687",
    "+7378742833",
    "+86282452253",
    "+2562533",
    "+8656696",
    "sip:anonymous@anonymous.invalid",
    "client:Anonymous",
  ])("may withhold its number as %j", (From) => expect(numberOf(From)).toBe(""));

  // 94844353 and 7748283 spell WITHHELD and PRIVATE, and are numbers in some countries.
  it.each(["+464", "94844353", "+7748283", "+15550111111"])("is kept as a number: %j", (From) =>
    expect([numberOf(From), customerKindOf(From)]).toEqual([From, "number"]),
  );

  it.each([
    ["+1555\r\n0111", "+1555\ufffd\ufffd0111"],
    ["\u001b[31mx", "\ufffd[31mx"],
    ["a\u009b\u202e\u2028\u200b\ud800b", "a\ufffd\ufffd\ufffd\ufffd\ufffdb"],
    ["x".repeat(300), `${"x".repeat(127)}…`],
    [["+15550111111", "+15550222222"], "+15550111111"],
  ])("is cleaned and cut: %j", (From, number) => {
    expect(numberOf(From)).toBe(number);
  });

  it.each([{}, { CallSid: "CA1" }, { CallSid: [CALL, CALL] }])(
    "is not taken without its Call SID: %j",
    (fields) => {
      expect(() => readInboundCall(createForm({ From: "+15550111111", ...fields }), NOW)).toThrow(AppError);
    },
  );
});
