import { SAMPLE_RATE } from "../media/port.ts";
import { type Take, startTake } from "../media/take.ts";
import type { RecordVerb } from "../twiml/verbs.ts";
import type { RecordingState } from "../types.ts";
import { isOver } from "../world/calls.ts";
import { closeRecording, makeRoom, openRecording, shownSeconds } from "../world/recordings.ts";
import { beepClip } from "./beep.ts";
import { warn } from "./core.ts";
import { requestLate } from "./late-request.ts";
import { mediaUrl, reporterOf } from "./report-recording.ts";
import { type DocumentRequest, NEXT, type Run, type Step, resolveUrl } from "./run.ts";
import { OWN_STAGE, play } from "./simple-verbs.ts";

/** Deletes the oldest recordings to make room. @returns whether this one may go on */
function hasRoom({ core, leg }: Run): boolean {
  const { deleted, isFull } = makeRoom(core.world);
  const callSid = leg.call.sid;
  for (const { sid } of deleted)
    warn(core, { callSid, code: 501, message: `The emulator deleted recording ${sid} to make room` });
  if (isFull) warn(core, { callSid, code: 501, message: "The emulator has no room for a longer recording" });
  return !isFull;
}

/** Resolves with the key that ended the recording, "" for silence or length; rejects when the run is stopped. */
function listen(run: Run, verb: RecordVerb, take: Take, recording: RecordingState): Promise<string> {
  const { leg, signal } = run;
  const { seat } = leg;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      seat?.listen(undefined);
      leg.onDigits = null;
      leg.isRecorded = false;
      signal.removeEventListener("abort", abort);
    };
    const finish = (key: string): void => {
      stop();
      resolve(key);
    };
    const abort = (): void => {
      stop();
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", abort, { once: true });
    leg.isRecorded = true;
    leg.onDigits = (digits) => {
      const key = Array.from(digits).find((each) => verb.finishOnKey.includes(each));
      if (key !== undefined) finish(key);
    };
    seat?.listen((frame) => {
      const isFinished = take.add(frame) !== null;
      const isWholeSecond = Number.isInteger(take.seconds);
      recording.seconds = take.seconds;
      if (isFinished || (isWholeSecond && !hasRoom(run))) finish("");
    });
  });
}

/** Null in TwiML that REST gave without an action: there is no document to request. */
function actionOf(run: Run, verb: RecordVerb): string | null {
  return verb.action === null && run.documentUrl === null ? null : resolveUrl(run, verb.action ?? "");
}

/**
 * `<Record>`: the document goes on at `action`, or without speech with the next verb
 * (www.twilio.com/docs/voice/twiml/record).
 */
export async function runRecord(run: Run, verb: RecordVerb): Promise<Step> {
  const { core, leg } = run;
  const action = actionOf(run, verb);
  if (verb.playBeep) await play(run, beepClip(), OWN_STAGE, "play");
  const recording = openRecording(core.world, leg.call.sid, core.clock.now());
  const take = startTake({ silence: verb.timeout, length: verb.maxLength, trim: verb.trim });
  const report = reporterOf(run, verb, recording);
  const finish = (): void => {
    closeRecording(recording, take.samples(), { now: core.clock.now(), rate: SAMPLE_RATE });
    report();
  };
  const requestOf = (url: string, Digits: string): DocumentRequest => {
    const RecordingDuration = String(shownSeconds(recording));
    const fields = { RecordingUrl: mediaUrl(core, recording), RecordingSid: recording.sid };
    return { kind: "action", url, method: verb.method, params: { ...fields, RecordingDuration, Digits } };
  };
  report();
  let key: string;
  try {
    key = await listen(run, verb, take, recording);
  } catch (reason) {
    finish();
    if (isOver(leg.call) && recording.status === "completed" && action !== null)
      requestLate(run, requestOf(action, "hangup"));
    throw reason;
  }
  finish();
  if (recording.status === "absent" || action === null) return NEXT;
  return { kind: "document", request: requestOf(action, key) };
}
