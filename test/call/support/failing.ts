import type { Action } from "../../../src/call/types.ts";
import { type Scene, talking } from "./scene.ts";

export function fails(s: Scene, action: Action | undefined): void {
  if (!action) throw new Error("There is no action to fail.");
  s.tell({ kind: "action-failed", at: s.now, action, message: "Twilio answered 503" });
}

/** An action has failed once; now all its other tries fail too. */
export function isGivenUp(s: Scene, action: Action | undefined): void {
  for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000]) {
    s.passes(pause);
    s.wakes();
    fails(s, action);
  }
  s.actions();
}

/** agent1 has left, agent2 rings, and the hold that gives the customer music did not work. */
export function holdFails() {
  const s = talking();
  s.transfers("agent1", "agent2");
  s.rings("agent2-1");
  s.actions();
  s.leaves("agent1-1");
  const [hold] = s.actions();
  fails(s, hold);
  return { s, hold };
}
