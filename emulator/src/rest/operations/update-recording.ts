import { invalidParameter } from "../errors.ts";
import { findCall, findLiveRecording } from "../find.ts";
import { type Invocation, type Parsed, defineOperation } from "../operation.ts";
import { oneOf } from "../parameters/parsers.ts";
import { recordingDetails, recordingOf } from "../parameters/recording-order.ts";
import { callRecordingView, conferenceRecordingView } from "../views/recording-view.ts";
import type { RecordingState } from "../../world/recording-state.ts";

/** www.twilio.com/docs/voice/api/recording#start-a-recording */
export const createCallRecording = defineOperation({
  name: "CreateCallRecording",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/Recordings.json",
  parameters: recordingDetails,
  run: ({ context, path, uri, parameters }) => {
    const order = recordingOf(parameters, "StartCallRecordingAPI", "do-not-trim");
    const recording = context.engine.recordCall(
      findCall({ context, path: { Sid: path.CallSid ?? "" }, uri }),
      order,
    );
    return { status: 201, body: callRecordingView(recording, context) };
  },
});

const parameters = {
  Status: oneOf("in-progress", "paused", "stopped"),
  PauseBehavior: oneOf("skip", "silence"),
};

/** Answers `stopped` for a recording that is complete by then. */
function update(place: Omit<Invocation, "fields"> & { parameters: Parsed<typeof parameters> }) {
  const recording: RecordingState = findLiveRecording(place);
  const { Status: status, PauseBehavior: pauseBehavior = "silence" } = place.parameters;
  if (!status) throw invalidParameter("Status", "given");
  place.context.engine.updateRecording(recording, { status, pauseBehavior });
  return { recording, shown: status === "stopped" ? { status, duration: null } : {} };
}

/** www.twilio.com/docs/voice/api/recording#update-a-recording-resource */
export const updateCallRecording = defineOperation({
  name: "UpdateCallRecording",
  method: "POST",
  path: "/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}.json",
  parameters,
  run: (place) => {
    const { recording, shown } = update(place);
    return { status: 200, body: { ...callRecordingView(recording, place.context), ...shown } };
  },
});

export const updateConferenceRecording = defineOperation({
  name: "UpdateConferenceRecording",
  method: "POST",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{Sid}.json",
  parameters,
  run: (place) => {
    const { recording, shown } = update(place);
    return { status: 200, body: { ...conferenceRecordingView(recording, place.context), ...shown } };
  },
});
