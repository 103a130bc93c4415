import type Twilio from "twilio/lib/rest/Twilio.js";
import type { CallId } from "../../call/types.ts";

/** A name is used again only by another conference of the same call, so that the newest few are enough. */
const NEWEST = 5;

/**
 * Finds the SID of the call's conference that has not ended. Without a status filter: one that waits for its first agent
 * is `init`, and `Status=in-progress` would miss it (www.twilio.com/docs/voice/api/conference-resource).
 */
export function createFindConference(client: Twilio): (name: CallId) => Promise<string | undefined> {
  return async (name) => {
    const found = await client.conferences.list({ friendlyName: name, limit: NEWEST });
    return found.find((conference) => conference.status !== "completed")?.sid;
  };
}
