import type { Frame } from "../port.ts";

/** Codes one leg's sound in both directions. */
export interface Coder {
  /** How far RTP's clock goes on with a frame. */
  readonly frameTicks: number;
  /** @returns a payload that is valid until the next call */
  encode(frame: Frame): Uint8Array;
  /** @returns samples at our rate, as many as the payload lasts. Never throws: a broken payload is concealed. */
  decode(payload: Uint8Array): Int16Array;
  /** What to play in place of a lost packet; nothing if the codec cannot tell. */
  conceal(): Int16Array;
  close(): void;
}
