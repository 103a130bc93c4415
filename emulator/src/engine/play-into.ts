import type { AudioPort, Frame, Sound } from "../media/port.ts";
import type { Clip } from "../media/sounds.ts";
import type { ConferenceState } from "../types.ts";
import type { Core } from "./core.ts";

/** A port that says one frame of a sound for each frame that it gets: the mixer's tick drives it. */
function speakerPort(sound: Sound): AudioPort {
  let receive: (frame: Frame) => void = () => {};
  return {
    onFrame(fn) {
      receive = fn;
    },
    send() {
      const frame = sound.next();
      if (frame) receive(frame);
    },
    close() {},
  };
}

/** Plays a clip to everyone in a conference, over the voices. @returns a function that stops it */
export function playInto(core: Core, conference: ConferenceState, clip: Clip): () => void {
  const seat = core.mixer.seat(speakerPort(clip.start()));
  seat.room = conference.sid;
  seat.deaf = true;
  return () => seat.leave();
}
