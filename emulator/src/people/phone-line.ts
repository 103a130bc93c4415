import type { Line, LineListener } from "../line.ts";
import type { AudioPort, Frame, Sound } from "../media/port.ts";
import type { Ear } from "./ear.ts";

export interface PhoneLine extends Line {
  /** The call ends at either side: the line carries no more sound. */
  drop(): void;
}

export interface PhoneLineParts {
  isMachine: boolean;
  ear: Ear;
  /** The voice of this moment. */
  mouth: () => Sound;
  onCaption: (text: string) => void;
  /** The engine ended the call. */
  onHungUp: () => void;
}

const NOBODY: LineListener = { hungUp() {}, digits() {}, audioReplaced() {} };

/** The person says one frame for each frame heard, so that the mixer's tick drives both. */
function createPort(parts: PhoneLineParts, isUp: () => boolean): AudioPort {
  let receive: (frame: Frame) => void = () => {};
  return {
    onFrame(fn) {
      receive = fn;
    },
    send(frame) {
      if (!isUp()) return;
      parts.ear.hear(frame);
      const said = parts.mouth().next();
      if (said) receive(said);
    },
    close() {},
  };
}

/** One call at a scripted person's phone. */
export function createPhoneLine(parts: PhoneLineParts): PhoneLine {
  let isUp = true;
  return {
    audio: createPort(parts, () => isUp),
    isMachine: parts.isMachine,
    listener: NOBODY,
    hangUp() {
      if (!isUp) return;
      isUp = false;
      parts.onHungUp();
    },
    caption: ({ text }) => parts.onCaption(text),
    drop() {
      isUp = false;
    },
  };
}
