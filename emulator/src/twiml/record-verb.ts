import { type Warn, readAttributes } from "./attributes.ts";
import { readRecordingCallback } from "./recording-callback.ts";
import type { RecordVerb } from "./verbs.ts";
import { verbs } from "./vocabulary.ts";
import type { Element } from "./xml.ts";

const FOUR_HOURS = 14_400;

/** www.twilio.com/docs/voice/twiml/record */
export function readRecord(element: Element, warn: Warn): RecordVerb {
  const read = readAttributes(element, verbs.Record, warn);
  const finishOnKey = read.text("finishOnKey") ?? "1234567890*#";
  if (!/^[0-9*#]*$/.test(finishOnKey))
    warn(`Attribute 'finishOnKey' of <Record> has the wrong value '${finishOnKey}'`);
  return {
    verb: "Record",
    action: read.text("action"),
    method: read.method("method"),
    timeout: read.whole("timeout", 5, [1, FOUR_HOURS]),
    finishOnKey,
    maxLength: read.whole("maxLength", 3_600, [1, FOUR_HOURS]),
    playBeep: read.flag("playBeep", true),
    trim: read.oneOf("trim", ["trim-silence", "do-not-trim"], "trim-silence") === "trim-silence",
    callback: readRecordingCallback("Record", read, warn),
  };
}
