import type { CallStatus } from "../types.ts";
import { isOver, moveCall } from "../world/calls.ts";
import { leaveConference } from "./conference-moves.ts";
import type { Core } from "./core.ts";
import { stopStreams } from "./stream-session.ts";
import type { Leg } from "./leg.ts";
import { stopRecorders } from "./recorder.ts";
import { reportCall } from "./report-call.ts";

export interface Ending {
  status: Extract<CallStatus, "completed" | "busy" | "no-answer" | "failed" | "canceled">;
  /** The far end hung up, so it needs no message. */
  byFarEnd?: boolean;
  sipResponseCode?: number;
  /** The conference that let go of the call. */
  conferenceSid?: string;
  /** Cancelled while queued: Twilio sends no callback at all. */
  silent?: boolean;
}

function tellFarEnd(leg: Leg, ending: Ending): void {
  if (ending.byFarEnd) return;
  if (leg.caller) leg.caller.ended(ending.status);
  else leg.line?.hangUp();
}

/** Ends a call: its TwiML, its ringing, its place in a conference, its far end. Does nothing to one that is over. */
export function endLeg(core: Core, leg: Leg, ending: Ending): void {
  const { call } = leg;
  if (isOver(call)) return;
  call.sipResponseCode = ending.sipResponseCode ?? call.sipResponseCode;
  moveCall(call, ending.status, core.clock.now());
  leg.program?.abort();
  stopRecorders(core, ({ callSid, conferenceSid }) => callSid === call.sid && conferenceSid === null);
  stopStreams(core, call.sid);
  leg.ringing?.cancel();
  leg.timeLimit?.cancel();
  core.legs.delete(call.sid);
  const reason = "participant_hung_up";
  const stay = leaveConference(core, leg, { reason, callStatus: ending.status });
  reportCall(
    core,
    leg,
    ending.silent ? null : "completed",
    stay?.conference.sid ?? ending.conferenceSid ?? null,
  );
  for (const ended of leg.onEnd) ended(ending.status);
  leg.onEnd.clear();
  leg.seat?.leave();
  leg.seat = null;
  tellFarEnd(leg, ending);
}
