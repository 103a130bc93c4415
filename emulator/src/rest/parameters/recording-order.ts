import type { RecordingOrder } from "../../types.ts";
import type { Parsed, Parser } from "../operation.ts";
import { boolean, httpMethod, oneOf, someOf, text } from "./parsers.ts";
import { url } from "./url.ts";

/** An empty text asks for nothing. */
const wanted: Parser<boolean> = (values, name) => text(values, name) !== "" && boolean(values, name);

const trim = oneOf("trim-silence", "do-not-trim");

/** Twilio's description of CreateParticipant names more; only these are documented as sent. */
const events = someOf(
  "in-progress",
  "completed",
  "absent",
  "started",
  "paused",
  "resumed",
  "stopped",
  "failed",
);

/** Of CreateCallRecording. */
export const recordingDetails = {
  RecordingChannels: oneOf("mono", "dual", ""),
  RecordingTrack: oneOf("both", "inbound", "outbound", ""),
  RecordingStatusCallback: url({ orEmpty: true }),
  RecordingStatusCallbackMethod: httpMethod(),
  RecordingStatusCallbackEvent: events,
  Trim: trim,
};

/** Of CreateCall and CreateParticipant. */
export const recordingParameters = { Record: wanted, ...recordingDetails };

/** Of CreateParticipant, for the conference. */
export const conferenceRecordingParameters = {
  ConferenceRecord: oneOf("true", "false", "record-from-start", "do-not-record", ""),
  ConferenceRecordingStatusCallback: url({ orEmpty: true }),
  ConferenceRecordingStatusCallbackMethod: httpMethod(),
  ConferenceRecordingStatusCallbackEvent: events,
  ConferenceTrim: trim,
};

function callbackOf(
  address: string | undefined,
  method: "GET" | "POST" | undefined,
  wantedEvents: ReadonlySet<string> | undefined,
): RecordingOrder["callback"] {
  if (!address) return null;
  const named = wantedEvents && wantedEvents.size > 0 ? wantedEvents : new Set(["completed"]);
  return { url: address, method: method ?? "POST", events: named };
}

/** How a call is recorded. @param byDefault `Trim` */
export function recordingOf(
  sent: Parsed<typeof recordingDetails>,
  source: RecordingOrder["source"],
  byDefault: "trim-silence" | "do-not-trim",
): RecordingOrder {
  return {
    source,
    channels: sent.RecordingChannels === "dual" ? 2 : 1,
    track: sent.RecordingTrack || "both",
    trim: (sent.Trim ?? byDefault) === "trim-silence",
    callback: callbackOf(
      sent.RecordingStatusCallback,
      sent.RecordingStatusCallbackMethod,
      sent.RecordingStatusCallbackEvent,
    ),
  };
}

/** Null: it is not recorded. */
export function callRecording(sent: Parsed<typeof recordingParameters>): RecordingOrder | null {
  return sent.Record ? recordingOf(sent, "OutboundAPI", "trim-silence") : null;
}

/** Null: it is not recorded. */
export function conferenceRecording(
  sent: Parsed<typeof conferenceRecordingParameters>,
): RecordingOrder | null {
  if (!["true", "record-from-start"].includes(sent.ConferenceRecord ?? "")) return null;
  return {
    source: "Conference",
    channels: 1,
    track: "outbound",
    trim: (sent.ConferenceTrim ?? "trim-silence") === "trim-silence",
    callback: callbackOf(
      sent.ConferenceRecordingStatusCallback,
      sent.ConferenceRecordingStatusCallbackMethod,
      sent.ConferenceRecordingStatusCallbackEvent,
    ),
  };
}
