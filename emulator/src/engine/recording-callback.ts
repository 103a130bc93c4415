import type { RecordingCallback } from "../twiml/verbs.ts";
import type { RecordingOrder } from "../types.ts";
import { warn } from "./core.ts";
import { DocumentError, type Run, resolveUrl } from "./run.ts";

/** The address for a recording's events; a wrong one is warned of, and the recording goes on without. */
export function callbackOf(run: Run, callback: RecordingCallback): RecordingOrder["callback"] {
  if (callback.url === null) return null;
  try {
    return {
      url: resolveUrl(run, callback.url),
      method: callback.method,
      events: new Set(callback.events),
    };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    // www.twilio.com/docs/api/errors/13256: the recording goes on, without notifications.
    warn(run.core, { callSid: run.leg.call.sid, code: 13256, message: error.message, url: run.documentUrl });
    return null;
  }
}
