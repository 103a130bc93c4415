import { isSignedOut, type Model } from "../model.ts";

/** The agent's situation, from the SDK's and the server's reports. */
export type Situation = "signed-out" | "idle" | "ringing" | "talking" | "elsewhere";

/**
 * The SDK's call decides when there is one: it is what the buttons act on. Without one the server's view
 * says that the SDK's call is still to come, or that it is in another window of the same agent.
 */
export function situationOf(model: Model): Situation {
  if (isSignedOut(model)) return "signed-out";
  if (model.line) return model.line.phase === "ringing" ? "ringing" : "talking";
  if (!model.view || isOver(model)) return "idle";
  // Without a call the server has only just chosen this agent, or not yet noticed that the ringing is over.
  if (model.view.state === "ringing") return model.view.call ? "ringing" : "idle";
  return model.view.state === "in-call" ? "elsewhere" : "idle";
}

/** The server's view still shows the leg that has just ended here. */
function isOver({ ended, view }: Model): boolean {
  const isSame = ended !== null && ended.call === view?.call?.id && ended.label === view.label;
  return isSame && (ended.wasAnswered || view.state === "ringing");
}

export function microphoneFails({ microphone }: Model): boolean {
  return microphone !== "ready" && microphone !== "unknown" && microphone !== "asking";
}
