import { TwilioError } from "../engine/engine.ts";
import type {
  ApplicationState,
  CallState,
  ConferenceState,
  KeyState,
  ParticipantState,
  PhoneNumberState,
} from "../types.ts";
import type { RecordingState } from "../world/recording-state.ts";
import { isOpen } from "../world/recordings.ts";
import type { MemberState, QueueState } from "../world/queue-state.ts";
import { isPresent } from "../world/conferences.ts";
import { notFound } from "./errors.ts";
import type { Invocation } from "./operation.ts";

type Place = Pick<Invocation, "context" | "path" | "uri">;

/** Find the resource that a path names. All throw TwilioError 404/20404 if there is none. */
export function findCall({ context, path, uri }: Place): CallState {
  const call = context.engine.world.calls.get(path.CallSid ?? path.Sid ?? "");
  if (!call) throw notFound(uri);
  return call;
}

const CURRENT = "Twilio.CURRENT";

/** Whether a recording is of the call or the conference in the path, if there is one. */
function isOf({ CallSid, ConferenceSid }: Place["path"], recording: RecordingState): boolean {
  if (ConferenceSid !== undefined) return recording.conferenceSid === ConferenceSid;
  return CallSid === undefined || (recording.callSid === CallSid && recording.conferenceSid === null);
}

/** @throws TwilioError 404, also for a recording of another call than the one in the path */
export function findRecording({ context, path, uri }: Place): RecordingState {
  const recording = context.engine.world.recordings.get(path.Sid ?? "");
  if (!recording || !isOf(path, recording)) throw notFound(uri);
  return recording;
}

/** Also by `Twilio.CURRENT`: the latest that is being made. */
export function findLiveRecording(place: Place): RecordingState {
  const { context, path, uri } = place;
  if (path.Sid !== CURRENT) return findRecording(place);
  const all = [...context.engine.world.recordings.values()];
  const recording = all.findLast((each) => isOf(path, each) && isOpen(each));
  if (!recording) throw notFound(uri);
  return recording;
}

export function findQueue({ context, path, uri }: Place): QueueState {
  const queue = context.engine.world.queues.get(path.QueueSid ?? path.Sid ?? "");
  if (!queue) throw notFound(uri);
  return queue;
}

/** By Call SID, or `Front`. */
export function findMember(place: Place): { queue: QueueState; member: MemberState } {
  const queue = findQueue(place);
  const [front] = queue.members.values();
  const { CallSid = "" } = place.path;
  const member = CallSid === "Front" ? front : queue.members.get(CallSid);
  if (!member) throw notFound(place.uri);
  return { queue, member };
}

export function findNumber({ context, path, uri }: Place): PhoneNumberState {
  const number = context.engine.world.numbers.get(path.Sid ?? "");
  if (!number) throw notFound(uri);
  return number;
}

export function findApplication({ context, path, uri }: Place): ApplicationState {
  const application = context.engine.world.applications.get(path.Sid ?? "");
  if (!application) throw notFound(uri);
  return application;
}

/** @throws TwilioError also 400/70002, for a value that cannot be a key's SID */
export function findKey({ context, path, uri }: Place): KeyState {
  const sid = path.Sid ?? "";
  if (!/^SK[0-9a-fA-F]{32}$/.test(sid)) throw new TwilioError(70002, `Invalid SID: ${sid}`);
  const key = context.engine.world.keys.get(sid);
  if (!key) throw notFound(uri);
  return key;
}

export function findConference({ context, path, uri }: Place): ConferenceState {
  const conference = context.engine.world.conferences.get(path.ConferenceSid ?? path.Sid ?? "");
  if (!conference) throw notFound(uri);
  return conference;
}

/** By Call SID, or by label, of those who are present. */
export function findParticipant(place: Place): {
  conference: ConferenceState;
  participant: ParticipantState;
} {
  const conference = findConference(place);
  const key = place.path.CallSid ?? "";
  const participant = [...conference.participants.values()].find(
    (each) => isPresent(conference, each) && (each.callSid === key || each.label === key),
  );
  if (!participant) throw notFound(place.uri);
  return { conference, participant };
}
