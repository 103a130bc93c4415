import type { ConferenceState, ParticipantState } from "../types.ts";
import { newParticipant, openConference } from "../world/conferences.ts";
import { refusedEntrance } from "../world/entrance.ts";
import { detectMachine } from "./answering-machine.ts";
import { enterConference } from "./conference-moves.ts";
import { limitTime } from "./connect-leg.ts";
import type { Core } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { ringInto } from "./early-media.ts";
import { type ParticipantOrder, TwilioError } from "./engine.ts";
import { type Leg, newStay } from "./leg.ts";
import { queueCall } from "./place-call.ts";
import { addressParameters, ringLeg } from "./ring-leg.ts";

/** A SID must be live; a name makes its conference. */
function findRoom(core: Core, room: string): ConferenceState | undefined {
  if (!/^CF[0-9a-f]{32}$/.test(room)) return core.world.liveConferences.get(room);
  const conference = core.world.conferences.get(room);
  if (!conference) throw new TwilioError(20404, `The conference ${room} was not found`, 404);
  if (conference.status !== "completed") return conference;
  const { endedConferenceCode: code } = core.quirks;
  throw new TwilioError(code, `The conference ${room} is over`, code === 20404 ? 404 : 400);
}

function open(core: Core, friendlyName: string, order: ParticipantOrder): ConferenceState {
  const { maxParticipants, conferenceStatusCallback: statusCallback } = order;
  const settings = { friendlyName, maxParticipants, region: null, statusCallback };
  return openConference(core.world, settings, core.quirks.firstConferenceSequence, core.clock.now());
}

function describe(leg: Leg, order: ParticipantOrder, now: number): ParticipantState {
  const { label, muted, startConferenceOnEnter, endConferenceOnExit, beep, waitHook } = order;
  const { coaching, callSidToCoach } = order;
  const settings = { label, muted, startConferenceOnEnter, endConferenceOnExit, beep, waitHook };
  const own = { callSid: leg.call.sid, viaApi: true, coaching, callSidToCoach };
  return newParticipant({ ...settings, ...own }, now);
}

/** CreateParticipant: dials a person, who enters by answering. The call has no TwiML, so it ends when the person leaves. */
export function createParticipant(core: Core, room: string, order: ParticipantOrder): ParticipantState {
  const live = findRoom(core, room);
  const refusal = refusedEntrance(live, { ...order, viaApi: true });
  if (refusal) throw new TwilioError(refusal.code, refusal.message);
  const conference = live ?? open(core, room, order);
  const isRecorded = [...core.recorders.values()].some(
    ({ recording }) => recording.conferenceSid === conference.sid,
  );
  if (!isRecorded) conference.record ??= order.conferenceRecord ?? null;
  const leg = queueCall(core, order);
  const participant = describe(leg, order, core.clock.now());
  conference.participants.set(participant.callSid, participant);
  const release = (): void => {
    const status = leg.call.status === "in-progress" ? "completed" : "canceled";
    endLeg(core, leg, { status, conferenceSid: conference.sid });
  };
  const stay = { conference, release };
  leg.stay = newStay(stay);
  let stopTone = (): void => {};
  ringLeg(core, leg, {
    timeoutSeconds: order.timeout,
    parameters: addressParameters(order.to),
    onDialling: () => (participant.status = "connecting"),
    onRinging() {
      participant.status = "ringing";
      if (order.earlyMedia) stopTone = ringInto(core, leg, conference);
    },
    onAnswered() {
      stopTone();
      if (order.timeLimit !== null) limitTime(core, leg, order.timeLimit);
      if (order.machineDetection) detectMachine(core, leg, order.machineDetection);
      enterConference(core, leg, participant, stay);
    },
  });
  return participant;
}
