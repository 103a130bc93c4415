import type { CallStatus, ConferenceState, ParticipantState } from "../types.ts";
import { type Effect, report, touch } from "./effects.ts";

/** Why a participant leaves. `callStatus` is the call's status at that moment. */
export interface Leaving {
  reason:
    | "conference_ended_via_api"
    | "moderator_ended_conference"
    | "participant_updated_via_api"
    | "participant_hung_up"
    | "participant_add_failed";
  callStatus: CallStatus;
  /** Removed by REST. */
  kicked?: boolean;
}

export interface Rules {
  /** Whether a callee who never answered is reported with a join before its leave. */
  joinBeforeFailedLeave: boolean;
}

interface EndCause {
  reason: string;
  sentence: string;
  leavers: Leaving["reason"];
  by: ParticipantState | null;
}

/** A conference beeps once it has started, unless `beep` says otherwise. */
function beep(
  { status }: ConferenceState,
  participant: ParticipantState,
  way: "onEnter" | "onExit",
): Effect[] {
  const isWanted = participant.beep === "true" || participant.beep === way;
  return status === "in-progress" && isWanted ? [{ kind: "beep" }] : [];
}

const connected = (conference: ConferenceState): ParticipantState[] =>
  [...conference.participants.values()].filter((p) => p.status === "connected");

/** A conference starts with two participants of whom one may start it (www.twilio.com/docs/voice/conference). */
function start(conference: ConferenceState, now: number): Effect[] {
  const present = connected(conference);
  if (conference.status !== "init" || present.length < 2) return [];
  if (!present.some((p) => p.startConferenceOnEnter)) return [];
  conference.status = "in-progress";
  touch(conference, now);
  return [report("conference-start")];
}

function reportLeave(
  participant: ParticipantState,
  wasConnected: boolean,
  rules: Rules,
  { reason, callStatus }: Leaving,
): Effect[] {
  const ReasonParticipantLeft = wasConnected ? reason : "participant_add_failed";
  const extra = { ReasonParticipantLeft, ParticipantCallStatus: callStatus };
  const leave = report("participant-leave", participant, extra);
  const joinFirst = !wasConnected && rules.joinBeforeFailedLeave;
  return joinFirst ? [report("participant-join", participant), leave] : [leave];
}

/** A participant is connected: those who were being dialled, and those who come by TwiML. */
export function join(conference: ConferenceState, participant: ParticipantState, now: number): Effect[] {
  conference.participants.set(participant.callSid, participant);
  participant.status = "connected";
  touch(participant, now);
  const started = start(conference, now);
  return [report("participant-join", participant), ...started, ...beep(conference, participant, "onEnter")];
}

function end(conference: ConferenceState, cause: EndCause, rules: Rules, now: number): Effect[] {
  const rest = [...conference.participants.values()];
  conference.participants.clear();
  conference.status = "completed";
  conference.reasonConferenceEnded = cause.reason;
  conference.callSidEndingConference = cause.by?.callSid ?? null;
  touch(conference, now);
  const leaves = rest.flatMap((participant) => {
    const wasConnected = participant.status === "connected";
    participant.status = wasConnected ? "complete" : "failed";
    const callStatus = wasConnected ? "in-progress" : "canceled";
    return reportLeave(participant, wasConnected, rules, { reason: cause.leavers, callStatus });
  });
  const extra: Record<string, string> = { ReasonConferenceEnded: cause.reason, Reason: cause.sentence };
  if (cause.by) extra.CallSidEndingConference = cause.by.callSid;
  if (cause.by?.label) extra.ParticipantLabelEndingConference = cause.by.label;
  const released = rest.map((p): Effect => ({ kind: "released", callSid: p.callSid }));
  return [...leaves, report("conference-end", null, extra), ...released];
}

function endedByLeaving(
  conference: ConferenceState,
  by: ParticipantState,
  kicked: boolean,
  rules: Rules,
  now: number,
): Effect[] {
  const how = kicked ? "kicked" : "left";
  const went = kicked ? "was kicked from the conference" : "left the conference";
  const leavers = "moderator_ended_conference";
  const wasConnected = by.status === "complete";
  if (wasConnected && by.endConferenceOnExit) {
    const sentence = `Participant ${by.callSid} with endConferenceOnExit ${went}`;
    const reason = `participant-with-end-conference-on-exit-${how}`;
    return end(conference, { reason, sentence, leavers, by }, rules, now);
  }
  if (conference.participants.size > 0) return [];
  const sentence = `The last participant ${by.callSid} ${how}`;
  return end(conference, { reason: `last-participant-${how}`, sentence, leavers, by }, rules, now);
}

/** A participant goes, or could not be reached. The conference ends with it when it must. */
export function leave(
  conference: ConferenceState,
  participant: ParticipantState,
  leaving: Leaving,
  rules: Rules,
  now: number,
): Effect[] {
  if (!conference.participants.delete(participant.callSid)) return [];
  const wasConnected = participant.status === "connected";
  participant.status = wasConnected ? "complete" : "failed";
  touch(participant, now);
  const reports = reportLeave(participant, wasConnected, rules, leaving);
  const ended = endedByLeaving(conference, participant, leaving.kicked ?? false, rules, now);
  return [...reports, ...ended, ...(wasConnected ? beep(conference, participant, "onExit") : [])];
}

/** UpdateConference with Status=completed. */
export function endByApi(conference: ConferenceState, rules: Rules, now: number): Effect[] {
  if (conference.status === "completed") return [];
  const sentence = "Conference ended via API";
  const cause = { reason: "conference-ended-via-api", leavers: "conference_ended_via_api" } as const;
  return end(conference, { ...cause, sentence, by: null }, rules, now);
}
