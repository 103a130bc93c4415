import type { AgentState } from "../../src/server/control-api.ts";
import { canTakeCalls, type Model } from "./model.ts";

/** Not more often than this for the same thing, should server and page keep disagreeing. */
const AGAIN_MS = 2_000;

/** What the server would show if it had heard `ready`. An agent in a call is neither. */
function agrees(state: AgentState, ready: boolean): boolean {
  if (state === "ringing" || state === "in-call") return true;
  return ready === (state === "free");
}

/**
 * Returns what to call after each update of the model: tells the server whether calls can come, when that has
 * changed, and again when the server's view says otherwise (it was started anew, or another window went away).
 */
export function readyAnnouncer(send: (ready: boolean) => void, now: () => number) {
  let told: boolean | null = null;
  let toldAt = -Infinity;
  return (model: Model): void => {
    if (model.session !== "signed-in" || model.view === null) return;
    const ready = canTakeCalls(model);
    const isNews = ready !== told;
    if (!isNews && (agrees(model.view.state, ready) || now() - toldAt < AGAIN_MS)) return;
    told = ready;
    toldAt = now();
    send(ready);
  };
}
