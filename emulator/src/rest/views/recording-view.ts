import { mediaUrl } from "../../engine/report-recording.ts";
import type { RecordingState } from "../../world/recording-state.ts";
import { isOpen, shownSeconds } from "../../world/recordings.ts";
import type { RestContext } from "../operation.ts";
import { rfc2822 } from "./rfc2822.ts";
import { API_VERSION, accountUri, subresourceUris } from "./uris.ts";

const SUBRESOURCES = { add_on_results: "AddOnResults", transcriptions: "Transcriptions" };

function commonView(recording: RecordingState, { engine: { world } }: RestContext) {
  return {
    sid: recording.sid,
    account_sid: world.account.accountSid,
    call_sid: recording.callSid,
    conference_sid: recording.conferenceSid,
    status: recording.status,
    source: recording.source,
    channels: recording.channels,
    duration: isOpen(recording) ? null : String(shownSeconds(recording)),
    date_created: rfc2822(recording.dateCreated),
    date_updated: rfc2822(recording.dateUpdated),
    start_time: rfc2822(recording.dateCreated),
    error_code: recording.errorCode,
    encryption_details: null,
    price: null,
    price_unit: "USD",
    api_version: API_VERSION,
  };
}

/** www.twilio.com/docs/voice/api/recording#recording-properties */
export function recordingView(recording: RecordingState, context: RestContext) {
  const { world } = context.engine;
  const uri = `${accountUri(world.account.accountSid)}/Recordings/${recording.sid}`;
  return {
    ...commonView(recording, context),
    uri: `${uri}.json`,
    subresource_uris: subresourceUris(uri, SUBRESOURCES),
    media_url: mediaUrl({ world, address: context.address }, recording),
  };
}

/** The same recording as a resource of its call. */
export function callRecordingView(recording: RecordingState, context: RestContext) {
  const call = `${accountUri(context.engine.world.account.accountSid)}/Calls/${recording.callSid}`;
  const uri = `${call}/Recordings/${recording.sid}.json`;
  return { ...commonView(recording, context), track: recording.track, uri };
}

/** The same recording as a resource of its conference. */
export function conferenceRecordingView(recording: RecordingState, context: RestContext) {
  const account = accountUri(context.engine.world.account.accountSid);
  const uri = `${account}/Conferences/${recording.conferenceSid}/Recordings/${recording.sid}.json`;
  return { ...commonView(recording, context), uri };
}
