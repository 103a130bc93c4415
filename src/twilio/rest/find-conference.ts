import type Twilio from "twilio/lib/rest/Twilio.js";
import type { CallId } from "../../call/types.ts";

/** Only conferences of one call share a name, so the newest few suffice. */
const NEWEST = 5;

/**
 * Finds the SID of a call's live conference. Searches without a status filter: `Status=in-progress` would miss one that waits
 * for its first agent, which is `init` (www.twilio.com/docs/voice/api/conference-resource).
 */
export function createFindConference(client: Twilio): (name: CallId) => Promise<string | undefined> {
  return async (name) => {
    const found = await client.conferences.list({ friendlyName: name, limit: NEWEST });
    return found.find((conference) => conference.status !== "completed")?.sid;
  };
}
