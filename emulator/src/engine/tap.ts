import type { AudioPort, Frame } from "../media/port.ts";

/** Frames of a coach that wait to be heard: more would only make the voice late. */
const MOST_WAITING = 5;

/** A leg's sound on its way to the mixer, where a coach is mixed in for this leg alone. */
export interface Tap extends AudioPort {
  /** The far end's next frame, for whom it coaches. */
  take(): Frame | undefined;
}

const clip = (value: number): number => Math.min(32_767, Math.max(-32_768, value));

function withVoice(frame: Frame, voice: Frame | undefined): Frame {
  return voice ? frame.map((sample, i) => clip(sample + (voice[i] ?? 0))) : frame;
}

/**
 * The mixer has rooms, in which everyone hears the same voices. Only one participant hears a coach
 * (www.twilio.com/docs/voice/twiml/conference, "coach"), who is muted in the room and added here.
 * @param isCoach whether to keep the far end's frames for a coached participant
 * @param coaches the taps of those who coach this leg now
 */
export function createTap(port: AudioPort, isCoach: () => boolean, coaches: () => readonly Tap[]): Tap {
  const waiting: Frame[] = [];
  return {
    onFrame(receive) {
      port.onFrame((frame) => {
        if (isCoach() && waiting.length < MOST_WAITING) waiting.push(frame);
        receive(frame);
      });
    },
    send: (frame) => port.send(coaches().reduce((mixed, coach) => withVoice(mixed, coach.take()), frame)),
    take: () => waiting.shift(),
    close: () => port.close(),
  };
}
