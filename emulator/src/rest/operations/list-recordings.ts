import type { RecordingState } from "../../world/recording-state.ts";
import { findCall, findConference } from "../find.ts";
import { type Parsed, defineOperation } from "../operation.ts";
import { pageOf, pageParameters } from "../page.ts";
import { isWithin, moment } from "../parameters/dates.ts";
import { sid } from "../parameters/parsers.ts";
import { callRecordingView, conferenceRecordingView, recordingView } from "../views/recording-view.ts";

const dates = { DateCreated: moment, "DateCreated<": moment, "DateCreated>": moment };
const owners = { CallSid: sid("CA"), ConferenceSid: sid("CF") };

function isOfDate({ dateCreated }: RecordingState, wanted: Parsed<typeof dates>): boolean {
  const { DateCreated: on, "DateCreated<": before, "DateCreated>": after } = wanted;
  return isWithin(dateCreated, { on, before, after });
}

/** Newest first. */
export const listRecordings = defineOperation({
  name: "ListRecording",
  method: "GET",
  path: "/{AccountSid}/Recordings.json",
  parameters: { ...pageParameters, ...dates, ...owners },
  unsupported: ["IncludeSoftDeleted"],
  run: ({ context, parameters, fields, uri }) => {
    const { CallSid, ConferenceSid } = parameters;
    return pageOf({
      key: "recordings",
      all: [...context.engine.world.recordings.values()].reverse(),
      wanted: (recording) =>
        isOfDate(recording, parameters) &&
        (ConferenceSid === undefined || recording.conferenceSid === ConferenceSid) &&
        (CallSid === undefined || recording.callSid === CallSid),
      sidOf: (recording) => recording.sid,
      show: (recording) => recordingView(recording, context),
      parameters,
      fields,
      uri,
    });
  },
});

export const listCallRecordings = defineOperation({
  name: "ListCallRecording",
  method: "GET",
  path: "/{AccountSid}/Calls/{CallSid}/Recordings.json",
  parameters: { ...pageParameters, ...dates },
  run: ({ context, path, parameters, fields, uri }) => {
    const call = findCall({ context, path, uri });
    return pageOf({
      key: "recordings",
      all: [...context.engine.world.recordings.values()].reverse(),
      wanted: (recording) =>
        isOfDate(recording, parameters) && recording.callSid === call.sid && recording.conferenceSid === null,
      sidOf: (recording) => recording.sid,
      show: (recording) => callRecordingView(recording, context),
      parameters,
      fields,
      uri,
    });
  },
});

export const listConferenceRecordings = defineOperation({
  name: "ListConferenceRecording",
  method: "GET",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Recordings.json",
  parameters: { ...pageParameters, ...dates },
  run: ({ context, path, parameters, fields, uri }) => {
    const { sid: conferenceSid } = findConference({ context, path, uri });
    return pageOf({
      key: "recordings",
      all: [...context.engine.world.recordings.values()].reverse(),
      wanted: (recording) => isOfDate(recording, parameters) && recording.conferenceSid === conferenceSid,
      sidOf: (recording) => recording.sid,
      show: (recording) => conferenceRecordingView(recording, context),
      parameters,
      fields,
      uri,
    });
  },
});
