import type { Attributes, Warn } from "./attributes.ts";
import type { RecordingCallback } from "./verbs.ts";

export const RECORDING_EVENTS = ["in-progress", "completed", "absent"] as const;

/** The `recordingStatusCallback…` attributes of `<Record>`, `<Dial>` and `<Conference>`. */
export function readRecordingCallback(tag: string, read: Attributes, warn: Warn): RecordingCallback {
  const events = read.words("recordingStatusCallbackEvent");
  for (const event of events)
    if (!RECORDING_EVENTS.some((known) => known === event))
      warn(`'${event}' is not a recordingStatusCallbackEvent of <${tag}>`);
  return {
    url: read.text("recordingStatusCallback"),
    method: read.method("recordingStatusCallbackMethod"),
    events: events.length > 0 ? events : ["completed"],
  };
}
