import { type Warn, readAttributes } from "./attributes.ts";
import type { RecordVerb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import type { Element } from "./xml.ts";

const FOUR_HOURS = 14_400;
export const RECORDING_EVENTS = ["in-progress", "completed", "absent"] as const;

/** www.twilio.com/docs/voice/twiml/record */
export function readRecord(element: Element, warn: Warn): RecordVerb {
  const read = readAttributes(element, verbs.Record, warn);
  const finishOnKey = read.text("finishOnKey") ?? "1234567890*#";
  if (!/^[0-9*#]*$/.test(finishOnKey))
    warn(`Attribute 'finishOnKey' of <Record> has the wrong value '${finishOnKey}'`);
  const events = read.words("recordingStatusCallbackEvent");
  for (const event of events)
    if (!RECORDING_EVENTS.some((known) => known === event))
      warn(`'${event}' is not a recordingStatusCallbackEvent of <Record>`);
  return {
    verb: "Record",
    action: read.text("action"),
    method: read.method("method"),
    timeout: read.whole("timeout", 5, [1, FOUR_HOURS]),
    finishOnKey,
    maxLength: read.whole("maxLength", 3_600, [1, FOUR_HOURS]),
    playBeep: read.flag("playBeep", true),
    trim: read.oneOf("trim", ["trim-silence", "do-not-trim"], "trim-silence") === "trim-silence",
    statusCallback: read.text("recordingStatusCallback"),
    statusCallbackMethod: read.method("recordingStatusCallbackMethod"),
    statusCallbackEvents: events.length > 0 ? events : ["completed"],
  };
}
