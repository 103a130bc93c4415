import type { ConferenceNoun, DialVerb } from "../twiml/verbs.ts";
import { newParticipant, openConference } from "../world/conferences.ts";
import { refusedEntrance } from "../world/entrance.ts";
import { enterConference, leaveConference } from "./conference-moves.ts";
import { type Core, warn } from "./core.ts";
import { callbackOf } from "./recording-callback.ts";
import { type Run, resolveUrl } from "./run.ts";
import type { ConferenceState, ParticipantState } from "../types.ts";

function participantOf(run: Run, noun: ConferenceNoun): ParticipantState {
  const waitUrl = noun.waitUrl === null || noun.waitUrl === "" ? noun.waitUrl : resolveUrl(run, noun.waitUrl);
  const { muted, beep, startConferenceOnEnter, endConferenceOnExit, participantLabel: label } = noun;
  const given = { muted, beep, startConferenceOnEnter, endConferenceOnExit, label };
  return newParticipant(
    {
      ...given,
      callSid: run.leg.call.sid,
      viaApi: false,
      waitHook: waitUrl === null ? null : { url: waitUrl, method: noun.waitMethod },
      coaching: noun.coach !== null,
      callSidToCoach: noun.coach,
    },
    run.core.clock.now(),
  );
}

function open(run: Run, noun: ConferenceNoun): ConferenceState {
  const { core } = run;
  const statusCallback =
    noun.statusCallback === null
      ? null
      : {
          url: resolveUrl(run, noun.statusCallback),
          method: noun.statusCallbackMethod,
          events: new Set(noun.statusCallbackEvents),
        };
  const { name: friendlyName, maxParticipants, region } = noun;
  const settings = { friendlyName, maxParticipants, region, statusCallback };
  return openConference(core.world, settings, core.quirks.firstConferenceSequence, core.clock.now());
}

/** The first participant who wants a recording says how; one that is recorded already is not recorded twice. */
function wantRecording(run: Run, { record }: ConferenceNoun, conference: ConferenceState): void {
  const { sid } = conference;
  const isRecorded = [...run.core.recorders.values()].some(
    ({ recording }) => recording.conferenceSid === sid,
  );
  if (!record || isRecorded) return;
  const how = { source: "Conference", channels: 1, track: "outbound", trim: record.trim } as const;
  conference.record ??= { ...how, callback: callbackOf(run, record.callback) };
}

/** `timeLimit` and `hangupOnStar` end the `<Dial>`, not the call. */
function watchDial(core: Core, run: Run, dial: DialVerb): () => void {
  const { leg } = run;
  const goOn = (): void => {
    const leaving = { reason: "participant_hung_up", callStatus: leg.call.status } as const;
    leaveConference(core, leg, leaving)?.release();
  };
  const timer = core.clock.after(dial.timeLimit * 1_000, goOn);
  leg.onDigits = (digits) => dial.hangupOnStar && digits.includes("*") && goOn();
  return () => {
    timer.cancel();
    leg.onDigits = null;
  };
}

/**
 * `<Dial><Conference>`: resolves when the conference lets go of the call. A refused entrance goes on at once.
 * @param stopped the call has ended or has other TwiML now
 * @returns the fields of the action's request
 */
export async function dialConference(
  run: Run,
  dial: DialVerb,
  noun: ConferenceNoun,
  stopped: (fields: Record<string, string>) => void,
): Promise<Record<string, string>> {
  const { core, leg } = run;
  const live = core.world.liveConferences.get(noun.name);
  const participant = participantOf(run, noun);
  const refusal =
    noun.name === ""
      ? { code: 13223, message: "<Conference> needs a name" }
      : refusedEntrance(live, participant);
  if (refusal) {
    warn(core, { callSid: leg.call.sid, ...refusal, url: run.documentUrl });
    return { DialCallStatus: "failed" };
  }
  const conference = live ?? open(run, noun);
  wantRecording(run, noun, conference);
  const answered = { DialCallStatus: "answered" };
  const unwatch = watchDial(core, run, dial);
  try {
    await new Promise<void>((resolve, reject) => {
      const release = (): void => core.turns.later(resolve);
      const stop = (): void => {
        stopped(answered);
        reject(run.signal.reason as Error);
      };
      run.signal.addEventListener("abort", stop, { once: true });
      enterConference(core, leg, participant, { conference, release });
    });
  } finally {
    unwatch();
  }
  return answered;
}
