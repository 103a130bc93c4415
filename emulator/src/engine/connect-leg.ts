import type { Line } from "../line.ts";
import { moveCall } from "../world/calls.ts";
import { tapOf } from "./coaching.ts";
import type { Core } from "./core.ts";
import { applicationOf } from "./counterpart.ts";
import { endLeg } from "./end-leg.ts";
import type { Leg } from "./leg.ts";
import { startRecorder } from "./recorder.ts";
import { reportCall } from "./report-call.ts";

/** Hears what the far end does, from now to the call's end. Keys and sentences go on to an application that it talks with. */
export function listenTo(core: Core, leg: Leg, line: Line): void {
  leg.line = line;
  line.listener = {
    hungUp() {
      const status = leg.call.status === "in-progress" ? "completed" : "canceled";
      endLeg(core, leg, { status, byFarEnd: true });
    },
    digits(digits) {
      leg.onDigits?.(digits);
      applicationOf(core, leg)?.line?.listener.digits(digits);
    },
    words(text) {
      leg.onWords?.(text);
      applicationOf(core, leg)?.line?.listener.words?.(text);
    },
    audioReplaced: (audio) => leg.seat?.replacePort(tapOf(leg, audio)),
  };
}

/** Ends the call after so many seconds in progress, and after those that the account allows. */
export function limitTime(core: Core, leg: Leg, seconds: number): void {
  leg.timeLimit?.cancel();
  const ms = Math.min(seconds, core.maxCallSeconds) * 1_000;
  leg.timeLimit = core.clock.after(ms, () => endLeg(core, leg, { status: "completed" }));
}

/** The call is answered: it is in progress and its sound flows. */
export function connectLeg(core: Core, leg: Leg, line: Line): void {
  if (!moveCall(leg.call, "in-progress", core.clock.now())) return;
  listenTo(core, leg, line);
  limitTime(core, leg, core.maxCallSeconds);
  leg.seat = core.mixer.seat(tapOf(leg, line.audio));
  if (leg.record)
    startRecorder(core, { callSid: leg.call.sid, conferenceSid: null, seat: leg.seat }, leg.record);
  leg.caller?.answered();
  reportCall(core, leg, "answered", null);
}

/** Answers an incoming call that still rings. */
export function answerCaller(core: Core, leg: Leg): void {
  if (leg.call.status === "ringing" && leg.caller && leg.line) connectLeg(core, leg, leg.line);
}
