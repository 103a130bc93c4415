import type { CallId, CallSid, ConferenceSid, Fact, Label, LeaveReason } from "../../call/types.ts";
import type { Form } from "./form.ts";
import { CALL_SID, CONFERENCE_SID, LABEL, LINE, timesOf } from "./shapes.ts";

/** `fact` is null for events that the server does not need. */
export interface ConferenceEvent {
  call: CallId;
  fact: Fact | null;
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
export function readConferenceEvent(form: Form, now: number): ConferenceEvent {
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
