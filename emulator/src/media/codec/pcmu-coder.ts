import { decodeMuLaw, encodeMuLaw } from "../g711.ts";
import { FRAME_SAMPLES } from "../port.ts";
import type { Coder } from "./coder.ts";

const NOTHING = new Int16Array(0);

export function createPcmuCoder(): Coder {
  const codes = new Uint8Array(FRAME_SAMPLES);
  return {
    frameTicks: FRAME_SAMPLES,
    encode(frame) {
      encodeMuLaw(frame, codes);
      return codes;
    },
    decode: decodeMuLaw,
    conceal: () => NOTHING,
    close() {},
  };
}
