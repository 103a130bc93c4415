import type { AudioPort, Frame, Seat } from "../media/port.ts";
import type { ConferenceState } from "../types.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";
import { ringback } from "./ringback.ts";

/** A port that says one frame of the tone for each frame that it gets: the mixer's tick drives it. */
function tonePort(): AudioPort {
  const tone = ringback().start();
  let receive: (frame: Frame) => void = () => {};
  return {
    onFrame(fn) {
      receive = fn;
    },
    send() {
      const frame = tone.next();
      if (frame) receive(frame);
    },
    close() {},
  };
}

/**
 * Lets a conference hear that somebody is being rung (`EarlyMedia`, on by default:
 * www.twilio.com/docs/voice/api/conference-participant-resource). @returns stops it
 */
export function ringInto(core: Core, leg: Leg, conference: ConferenceState): () => void {
  const seat: Seat = core.mixer.seat(tonePort());
  seat.room = conference.sid;
  seat.deaf = true;
  leg.ringsInto = conference;
  const stop = (): void => {
    if (leg.ringsInto === null) return;
    leg.ringsInto = null;
    seat.leave();
  };
  leg.onEnd.add(stop);
  return stop;
}

/** Whether a conference that runs hears somebody's ringing. */
export function hearsRinging(core: Core, conference: ConferenceState): boolean {
  if (conference.status !== "in-progress") return false;
  return [...core.legs.values()].some((leg) => leg.ringsInto === conference);
}
