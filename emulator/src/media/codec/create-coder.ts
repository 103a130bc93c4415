import type { Codec } from "./codec.ts";
import type { Coder } from "./coder.ts";
import { createPcmuCoder } from "./pcmu-coder.ts";

/** Loads Opus only for the first leg that speaks it. */
export async function createCoder(codec: Codec): Promise<Coder> {
  if (codec.name === "PCMU") return createPcmuCoder();
  const { createOpusCoder } = await import("./opus-coder.ts");
  return createOpusCoder(codec);
}
