import type { Phase, TransferMode } from "../types.ts";

/** What differs between the ways to transfer a call. */
interface ModeRules {
  /** At the start, the starter stays in the call or is let go. */
  readonly starter: "stays" | "leaves";
  /** While the target rings. On hold, the customer hears music. */
  readonly customer: "talks" | "on-hold";
  /** What the transfer becomes when the target comes and the starter is still there. */
  readonly targetComes: Extract<Phase, "consulting" | "together">;
}

/**
 * The ways to transfer a call. Whatever the mode: when the starter leaves while the target rings, the customer hears music and
 * the transfer goes on as `blind`; when the starter leaves later, it is completed.
 */
export const MODES = {
  "three-way": { starter: "stays", customer: "talks", targetComes: "together" },
  consult: { starter: "stays", customer: "on-hold", targetComes: "consulting" },
  blind: { starter: "leaves", customer: "on-hold", targetComes: "together" },
} as const satisfies Record<TransferMode, ModeRules>;
