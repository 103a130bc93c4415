import { canTakeCalls, isDisconnected, type Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import type { Status } from "./screen.ts";
import { microphoneFails, situationOf } from "./situation.ts";

/** One of the few words of the status line; "Ready" only when a call can really come. */
export function statusOf(model: Model, { status }: Words): Status {
  const situation = situationOf(model);
  if (situation === "signed-out") return { text: status.signedOut, tone: "problem" };
  if (situation === "ringing") return { text: status.incoming, tone: "active" };
  if (situation === "talking" && model.line?.phase === "answering")
    return { text: status.answering, tone: "active" };
  if (situation !== "idle") return { text: status.inCall, tone: "active" };
  return idleStatus(model, status);
}

function idleStatus(model: Model, status: Words["status"]): Status {
  if (model.device === "unsupported") return { text: status.unsupported, tone: "problem" };
  if (model.device === "refused" && !isDisconnected(model)) return { text: status.refused, tone: "problem" };
  if (isDisconnected(model) || model.device === "lost") return { text: status.lost, tone: "problem" };
  if (microphoneFails(model)) return { text: status.microphone, tone: "problem" };
  if (!model.wantsCalls) return { text: status.notReady, tone: "neutral" };
  if (model.microphone === "asking") return { text: status.microphone, tone: "neutral" };
  if (canTakeCalls(model) && model.view?.state === "free") return { text: status.ready, tone: "good" };
  return { text: status.connecting, tone: "neutral" };
}
