import { SUBSCRIPTIONS } from "../world/effects.ts";
import { type Attributes, type Warn, readAttributes } from "./attributes.ts";
import { readRecordingCallback } from "./recording-callback.ts";
import type { ConferenceNoun } from "./verbs.ts";
import { nouns } from "./vocabulary.ts";
import { type Element, textOf } from "./xml.ts";

const EVENTS = new Set<string>(SUBSCRIPTIONS);

function readRecord(read: Attributes, warn: Warn): ConferenceNoun["record"] {
  const values = ["do-not-record", "false", "record-from-start", "true"] as const;
  const isRecorded = ["record-from-start", "true"].includes(read.oneOf("record", values, "do-not-record"));
  const trim = read.oneOf("trim", ["trim-silence", "do-not-trim"], "trim-silence") === "trim-silence";
  const callback = readRecordingCallback("Conference", read, warn);
  return isRecorded ? { trim, callback } : null;
}

/** `<Conference>` (www.twilio.com/docs/voice/twiml/conference). */
export function readConference(element: Element, warn: Warn): ConferenceNoun {
  const read = readAttributes(element, nouns.Conference, warn);
  const waitUrl = read.text("waitUrl");
  const events = read.words("statusCallbackEvent");
  for (const event of events)
    if (!EVENTS.has(event)) warn(`'${event}' is not a statusCallbackEvent of <Conference>`);
  return {
    name: textOf(element),
    muted: read.flag("muted", false),
    beep: read.oneOf("beep", ["true", "false", "onEnter", "onExit"], "true"),
    startConferenceOnEnter: read.flag("startConferenceOnEnter", true),
    endConferenceOnExit: read.flag("endConferenceOnExit", false),
    participantLabel: read.text("participantLabel"),
    waitUrl,
    waitMethod: read.method("waitMethod", waitUrl === null ? "GET" : "POST"),
    maxParticipants: read.whole("maxParticipants", 250, [2, 250]),
    coach: read.text("coach"),
    region: read.text("region"),
    statusCallback: read.text("statusCallback"),
    statusCallbackMethod: read.method("statusCallbackMethod"),
    statusCallbackEvents: events,
    record: readRecord(read, warn),
  };
}
