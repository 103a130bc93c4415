import { findRecording } from "../find.ts";
import { defineOperation } from "../operation.ts";
import { callRecordingView, conferenceRecordingView, recordingView } from "../views/recording-view.ts";

export const fetchRecording = defineOperation({
  name: "FetchRecording",
  method: "GET",
  path: "/{AccountSid}/Recordings/{Sid}.json",
  parameters: {},
  unsupported: ["IncludeSoftDeleted"],
  run: (place) => ({ status: 200, body: recordingView(findRecording(place), place.context) }),
});

export const fetchCallRecording = defineOperation({
  name: "FetchCallRecording",
  method: "GET",
  path: "/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}.json",
  parameters: {},
  run: (place) => ({ status: 200, body: callRecordingView(findRecording(place), place.context) }),
});

export const fetchConferenceRecording = defineOperation({
  name: "FetchConferenceRecording",
  method: "GET",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{Sid}.json",
  parameters: {},
  run: (place) => ({ status: 200, body: conferenceRecordingView(findRecording(place), place.context) }),
});
