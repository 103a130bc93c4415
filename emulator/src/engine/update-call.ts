import type { CallState } from "../types.ts";
import { isOver } from "../world/calls.ts";
import { unbridge } from "./bridge.ts";
import { leaveConference } from "./conference-moves.ts";
import { answerCaller, limitTime } from "./connect-leg.ts";
import type { Core } from "./core.ts";
import { endLeg } from "./end-leg.ts";
import { type CallChange, TwilioError } from "./engine.ts";
import type { Leg } from "./leg.ts";
import { type Source, runCall } from "./run-call.ts";

function endByApi(core: Core, leg: Leg, status: "canceled" | "completed"): void {
  const { call } = leg;
  const isUp = call.status === "in-progress";
  if (status === "canceled" && isUp) return;
  const silent = call.status === "queued";
  endLeg(core, leg, { status: isUp ? "completed" : "canceled", silent });
}

/** New TwiML takes the call out of its conference or from whom it talks to. */
function redirect(core: Core, leg: Leg, source: Source): void {
  if (leg.call.status !== "in-progress" && !leg.caller)
    throw new TwilioError(21220, "Call is not in-progress. Cannot redirect.");
  leg.program?.abort();
  const leaving = { reason: "participant_updated_via_api", callStatus: leg.call.status } as const;
  leaveConference(core, leg, leaving);
  unbridge(leg);
  answerCaller(core, leg);
  core.turns.later(() => isOver(leg.call) || runCall(core, leg, source));
}

/** UpdateCall. @throws TwilioError 21220 when the call is over */
export function updateCall(core: Core, call: CallState, change: CallChange): void {
  const leg = core.legs.get(call.sid);
  if (!leg || isOver(call)) throw new TwilioError(21220, "Call is not in-progress. Cannot redirect.");
  if (change.fallback) call.fallback = change.fallback;
  if (change.statusCallback !== undefined) call.statusCallback = change.statusCallback;
  if (change.timeLimit !== undefined) limitTime(core, leg, change.timeLimit);
  call.dateUpdated = core.clock.now();
  if (change.status) return endByApi(core, leg, change.status);
  if (change.voice) {
    call.voice = change.voice;
    redirect(core, leg, { hook: change.voice });
  } else if (change.twiml !== undefined) redirect(core, leg, { twiml: change.twiml });
}
