/** 20 ms of 8 kHz mono, 16-bit: 160 samples. */
export type Frame = Int16Array;
export const FRAME_SAMPLES = 160;
export const FRAME_MS = 20;
export const SAMPLE_RATE = 8000;

/** One leg's sound, seen from the mixer: frames come from the far end and go to it. */
export interface AudioPort {
  /** Sets who gets the far end's frames; a second call replaces the first. */
  onFrame(receive: (frame: Frame) => void): void;
  /** The mixer uses the frame again: who keeps it makes a copy. */
  send(frame: Frame): void;
  close(): void;
}

/** A leg without media. */
export function silentPort(): AudioPort {
  return { onFrame() {}, send() {}, close() {} };
}

/** A finite or endless run of frames; `next` answers undefined when it is over. */
export interface Sound {
  next(): Frame | undefined;
}

/** @param said by the far end, also while it is muted @param heard by the far end; the frames may be used again */
export type Listener = (said: Frame, heard: Frame) => void;

/** A leg's seat at the mixer. What it hears: `sound` if one plays, else the others of its room, else silence. */
export interface Seat {
  /** The room whose members are mixed; null: alone. */
  room: string | null;
  /** True if the others in the room do not hear it. */
  muted: boolean;
  /** Does not hear the others of the room. */
  deaf: boolean;
  /** Plays to this seat alone, in place of the mix; undefined stops. A sound that is over falls back to the mix. */
  play(sound: Sound | undefined): void;
  /** Passes on what the far end says and hears, frame by frame, silence too. @returns stops */
  listen(receive: Listener): () => void;
  replacePort(port: AudioPort): void;
  leave(): void;
}

export interface Mixer {
  seat(port: AudioPort): Seat;
  close(): void;
}
