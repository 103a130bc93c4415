import { type ParticipantOrder, TwilioError } from "../../engine/engine.ts";
import { SUBSCRIPTIONS } from "../../world/effects.ts";
import { invalidParameter } from "../errors.ts";
import type { Parsed, Parser, RestContext } from "../operation.ts";
import { calledParty, callerId } from "./endpoint.ts";
import { boolean, httpMethod, integer, looseBoolean, oneOf, sid, someOf, text } from "./parsers.ts";
import {
  callRecording,
  conferenceRecording,
  conferenceRecordingParameters,
  recordingParameters,
} from "./recording-order.ts";
import { callEvents, callStatusCallback, statusCallbackParameters } from "./status-callback.ts";
import { hookOf, url } from "./url.ts";
import { amdParameters, machineDetectionOf, machineDetectionParameters } from "./machine-detection.ts";

const label: Parser<string> = (values, name) => {
  const value = text(values, name);
  if (value.length > 128 || value.includes("/") || /^CA[0-9a-fA-F]{32}$/.test(value))
    throw new TwilioError(
      16024,
      "Invalid participant label, must not exceed 128 characters, must not be a CallSid, must not contain '/'",
    );
  return value;
};

const conferenceEvents = someOf(...SUBSCRIPTIONS);

/** Those of CreateParticipant that have an effect. */
export const participantParameters = {
  To: text,
  From: text,
  Label: label,
  ...statusCallbackParameters,
  StatusCallbackEvent: callEvents,
  Timeout: integer(5, 600, 21208),
  TimeLimit: integer(1, 86_400),
  Muted: looseBoolean,
  Beep: oneOf("true", "false", "onEnter", "onExit"),
  StartConferenceOnEnter: boolean,
  EndConferenceOnExit: boolean,
  EarlyMedia: boolean,
  WaitUrl: url({ orEmpty: true }),
  WaitMethod: httpMethod(),
  MaxParticipants: integer(2, 250),
  Coaching: boolean,
  CallSidToCoach: sid("CA"),
  ConferenceStatusCallback: url({ orEmpty: true }),
  ConferenceStatusCallbackMethod: httpMethod(),
  ConferenceStatusCallbackEvent: conferenceEvents,
  ...recordingParameters,
  ...conferenceRecordingParameters,
  ...machineDetectionParameters,
  ...amdParameters,
};

type Sent = Parsed<typeof participantParameters>;

function conferenceStatusCallback(sent: Sent): ParticipantOrder["conferenceStatusCallback"] {
  if (!sent.ConferenceStatusCallback) return null;
  const events = sent.ConferenceStatusCallbackEvent ?? new Set<string>();
  return {
    url: sent.ConferenceStatusCallback,
    method: sent.ConferenceStatusCallbackMethod ?? "POST",
    events: events.size > 0 ? events : new Set(["start", "end"]),
  };
}

function coachingOf({ Coaching, CallSidToCoach }: Sent) {
  if (Coaching === true && CallSidToCoach === undefined)
    throw invalidParameter("CallSidToCoach", "given when Coaching is true");
  return { coaching: Coaching ?? CallSidToCoach !== undefined, callSidToCoach: CallSidToCoach ?? null };
}

/**
 * A participant as it was asked for, with Twilio's defaults:
 * www.twilio.com/docs/voice/api/conference-participant-resource#create-a-participant
 * @throws TwilioError for whom Twilio would not call
 */
export function participantOrder(sent: Sent, { engine }: RestContext): ParticipantOrder {
  const to = calledParty(sent.To, engine.world);
  const { WaitUrl, WaitMethod = "POST" } = sent;
  return {
    to,
    from: callerId(sent.From, to, engine.world),
    label: sent.Label || null,
    statusCallback: callStatusCallback(
      sent.StatusCallback,
      sent.StatusCallbackMethod,
      sent.StatusCallbackEvent,
    ),
    timeout: sent.Timeout ?? 60,
    timeLimit: sent.TimeLimit ?? null,
    record: callRecording(sent),
    machineDetection: machineDetectionOf(sent, {
      isAsync: true,
      callback: hookOf(sent.AmdStatusCallback, sent.AmdStatusCallbackMethod, "POST"),
    }),
    conferenceRecord: conferenceRecording(sent),
    muted: sent.Muted ?? false,
    beep: sent.Beep ?? "true",
    startConferenceOnEnter: sent.StartConferenceOnEnter ?? true,
    endConferenceOnExit: sent.EndConferenceOnExit ?? false,
    earlyMedia: sent.EarlyMedia ?? true,
    waitHook: WaitUrl === undefined ? null : { url: WaitUrl, method: WaitMethod },
    maxParticipants: sent.MaxParticipants ?? 250,
    ...coachingOf(sent),
    conferenceStatusCallback: conferenceStatusCallback(sent),
  };
}
