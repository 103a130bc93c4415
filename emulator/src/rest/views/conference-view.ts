import type { ConferenceState, ConferenceStatus } from "../../types.ts";
import type { RestContext } from "../operation.ts";
import { rfc2822 } from "./rfc2822.ts";
import { API_VERSION, accountUri, subresourceUris } from "./uris.ts";

/** One that nobody has started is `init` by Twilio's description, but apps in production find it as `in-progress`: a quirk. */
export function shownStatus(conference: ConferenceState, { quirks }: RestContext): ConferenceStatus {
  return conference.status === "init" ? quirks.waitingConferenceAs : conference.status;
}

/** www.twilio.com/docs/voice/api/conference-resource */
export function conferenceView(conference: ConferenceState, context: RestContext) {
  const { accountSid } = context.engine.world.account;
  const uri = `${accountUri(accountSid)}/Conferences/${conference.sid}`;
  return {
    sid: conference.sid,
    account_sid: accountSid,
    friendly_name: conference.friendlyName,
    status: shownStatus(conference, context),
    region: conference.region,
    date_created: rfc2822(conference.dateCreated),
    date_updated: rfc2822(conference.dateUpdated),
    reason_conference_ended: conference.reasonConferenceEnded,
    call_sid_ending_conference: conference.callSidEndingConference,
    api_version: API_VERSION,
    uri: `${uri}.json`,
    subresource_uris: subresourceUris(uri, { participants: "Participants", recordings: "Recordings" }),
  };
}
