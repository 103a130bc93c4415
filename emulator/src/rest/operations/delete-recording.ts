import { findRecording } from "../find.ts";
import { type Invocation, defineOperation } from "../operation.ts";

function deleteFrom(place: Pick<Invocation, "context" | "path" | "uri">) {
  place.context.engine.world.recordings.delete(findRecording(place).sid);
  return { status: 204, body: null } as const;
}

export const deleteRecording = defineOperation({
  name: "DeleteRecording",
  method: "DELETE",
  path: "/{AccountSid}/Recordings/{Sid}.json",
  parameters: {},
  run: deleteFrom,
});

export const deleteCallRecording = defineOperation({
  name: "DeleteCallRecording",
  method: "DELETE",
  path: "/{AccountSid}/Calls/{CallSid}/Recordings/{Sid}.json",
  parameters: {},
  run: deleteFrom,
});

export const deleteConferenceRecording = defineOperation({
  name: "DeleteConferenceRecording",
  method: "DELETE",
  path: "/{AccountSid}/Conferences/{ConferenceSid}/Recordings/{Sid}.json",
  parameters: {},
  run: deleteFrom,
});
