import type { Fact } from "../../call/inputs.ts";
import type {
  CallId,
  CallSid,
  ConferenceSid,
  FailureReason,
  Label,
  LeaveReason,
  LegEnd,
} from "../../call/types.ts";
import { customerKindOf } from "../addresses.ts";
import { CALL_SID, CONFERENCE_SID, type Form, LABEL, LINE, timesOf } from "./form.ts";

/** The content of a status callback. */
interface CallFact {
  call: CallId;
  /** Null for events that the server does not need. */
  fact: Fact | null;
}

/** Characters. Numbers have up to 16; longer SIP addresses are cut. */
const LONGEST_ADDRESS = 128;

/**
 * Reads the voice webhook of a customer's call (www.twilio.com/docs/voice/twiml). `From` is only shown, so no value of it
 * turns a customer away. A withheld number becomes empty.
 * @throws AppError usage without a Call SID
 */
export function readInboundCall(form: Form, now: number): { call: CallId; fact: Fact } {
  const call = form.required("CallSid", CALL_SID) as CallId;
  const from = form.shown("From", LONGEST_ADDRESS);
  const number = customerKindOf(from) === "withheld" ? "" : from;
  return { call, fact: { kind: "customer-called", at: now, call, number } };
}

/** A participant without a label is a stranger, or the customer, whose call names the conference. */
function labelOf(form: Form, call: CallId, callSid: string): Label | null {
  const label = form.optional("ParticipantLabel", LABEL) ?? (callSid === call ? "customer" : undefined);
  return (label ?? null) as Label | null;
}

function participant(form: Form, call: CallId, now: number) {
  const conference = form.required("ConferenceSid", CONFERENCE_SID) as ConferenceSid;
  const callSid = form.required("CallSid", CALL_SID) as CallSid;
  const label = labelOf(form, call, callSid);
  return label && { ...timesOf(form, now), label, callSid, conference };
}

const LEFT_BECAUSE: Record<string, LeaveReason> = {
  participant_hung_up: "hung-up",
  participant_updated_via_api: "removed",
  conference_ended_via_api: "conference-ended",
  moderator_ended_conference: "conference-ended",
};

function joined(form: Form, call: CallId, now: number): Fact | null {
  const who = participant(form, call, now);
  return who && { kind: "participant-joined", ...who };
}

function left(form: Form, call: CallId, now: number): Fact | null {
  const who = participant(form, call, now);
  const because = LEFT_BECAUSE[form.optional("ReasonParticipantLeft", LINE) ?? ""];
  return who && { kind: "participant-left", ...who, ...(because === undefined ? {} : { because }) };
}

/**
 * Reads a conference status callback (www.twilio.com/docs/voice/twiml/conference, "statusCallback").
 * @throws AppError usage for wrong shapes
 */
export function readConferenceEvent(form: Form, now: number): CallFact {
  const call = form.required("FriendlyName", CALL_SID) as CallId;
  switch (form.required("StatusCallbackEvent", LINE)) {
    case "participant-join":
      return { call, fact: joined(form, call, now) };
    case "participant-leave":
      return { call, fact: left(form, call, now) };
    case "conference-end": {
      const conference = form.required("ConferenceSid", CONFERENCE_SID) as ConferenceSid;
      const endedBy = (form.optional("ParticipantLabelEndingConference", LABEL) ?? null) as Label | null;
      return { call, fact: { kind: "conference-ended", ...timesOf(form, now), conference, endedBy } };
    }
    default:
      return { call, fact: null };
  }
}

const SIP_CODE = /^\d{1,3}$/;

/** Reasons by SIP response: 404 and 480 mean unreachable, 603 means declined. */
const BY_SIP_CODE: Record<string, FailureReason> = {
  "404": "unreachable",
  "480": "unreachable",
  "603": "declined",
};

const notAnswered = (sipCode: string, otherwise: FailureReason): LegEnd => ({
  answered: false,
  reason: BY_SIP_CODE[sipCode] ?? otherwise,
});

/**
 * How a leg ended, by its last CallStatus; null for any other or unknown status. A browser in a call ignores further calls, so
 * from there `busy` means declined. Twilio may also report a decline as `no-answer`
 * (www.twilio.com/docs/voice/api/call-resource).
 * @param to the number or address that was dialled
 * @param sipCode empty if Twilio sent none
 */
export function endByStatus(status: string, to: string, sipCode = ""): LegEnd | null {
  switch (status) {
    case "completed":
      return { answered: true };
    case "busy":
      return notAnswered(sipCode, to.startsWith("client:") ? "declined" : "busy");
    case "no-answer":
      return notAnswered(sipCode, "no-answer");
    case "failed":
      return notAnswered(sipCode, "error");
    case "canceled":
      return { answered: false, reason: "cancelled" };
    default:
      return null;
  }
}

/**
 * Reads a call status callback (www.twilio.com/docs/voice/api/call-resource). Its own address says of which call and leg it
 * is; without that it is the number's own callback, about the customer's leg.
 * @throws AppError usage for wrong shapes
 */
export function readCallEvent(query: Form, form: Form, now: number): CallFact {
  const callSid = form.required("CallSid", CALL_SID) as CallSid;
  const call = (query.optional("call", CALL_SID) ?? callSid) as CallId;
  const label = (query.optional("leg", LABEL) ?? "customer") as Label;
  const status = form.required("CallStatus", LINE);
  const leg = { ...timesOf(form, now), label, callSid };
  switch (status) {
    case "queued":
    case "initiated":
      return { call, fact: { kind: "leg-dialled", ...leg } };
    case "ringing":
      return { call, fact: { kind: "leg-ringing", ...leg } };
    case "in-progress":
      return { call, fact: { kind: "leg-answered", ...leg } };
    default: {
      const end = endByStatus(
        status,
        form.shown("To", LONGEST_ADDRESS),
        form.optional("SipResponseCode", SIP_CODE),
      );
      return { call, fact: end && { kind: "leg-ended", ...leg, end } };
    }
  }
}

const KEYS = /^[0-9*#]{1,20}$/;

/** The answer to a briefing: null takes the call (key 1), any other key declines it, and a machine presses none. */
export function readBriefed(form: Form, label: Label, now: number): Fact | null {
  const callSid = form.required("CallSid", CALL_SID) as CallSid;
  const key = form.optional("Digits", KEYS);
  if (key === "1") return null;
  return { kind: "leg-refused", at: now, label, callSid, reason: key === undefined ? "machine" : "declined" };
}

const RECORDING_SID = /^RE[0-9a-f]{32}$/;
const RECORDING_URL = /^https?:\/\/[\w.:[\]-]+\/[\w./-]{1,300}$/;
const SECONDS = /^\d{1,6}$/;

/**
 * Reads what Twilio says of a customer's message: the verb's action, or the recording's status callback
 * (www.twilio.com/docs/voice/twiml/record). Null while there is no recording that could be heard.
 * @throws AppError usage for wrong shapes
 */
export function readMessage(form: Form, now: number): Fact | null {
  if ((form.optional("RecordingStatus", LINE) ?? "completed") !== "completed") return null;
  return {
    kind: "message-left",
    at: now,
    recording: form.required("RecordingSid", RECORDING_SID),
    url: form.required("RecordingUrl", RECORDING_URL),
    seconds: Number(form.required("RecordingDuration", SECONDS)),
  };
}
