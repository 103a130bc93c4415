import type { Phase, TransferMode } from "../types.ts";

/** The differences between the ways to transfer a call. */
interface ModeRules {
  /** Whether the starter stays in the call at the start. */
  readonly starter: "stays" | "leaves";
  /** What the customer does while the target rings. On hold, the customer hears music. */
  readonly customer: "talks" | "on-hold";
  /** The phase that begins when the target joins and the starter is still there. */
  readonly targetComes: Extract<Phase, "consulting" | "together">;
}

/**
 * The ways to transfer a call. In every mode: if the starter leaves while the target rings, the customer hears music and the
 * transfer goes on as `blind`. If the starter leaves later, that completes the transfer.
 */
export const MODES = {
  "three-way": { starter: "stays", customer: "talks", targetComes: "together" },
  consult: { starter: "stays", customer: "on-hold", targetComes: "consulting" },
  blind: { starter: "leaves", customer: "on-hold", targetComes: "together" },
} as const satisfies Record<TransferMode, ModeRules>;
