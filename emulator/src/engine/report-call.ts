import type { CallEvent, CallState } from "../types.ts";
import { progressFields } from "./call-fields.ts";
import type { Core } from "./core.ts";
import type { Leg } from "./leg.ts";
import { notify } from "./notify.ts";

function sendNumberCallback(core: Core, leg: Leg, params: Record<string, string>): void {
  const { numberCallback: hook, call } = leg;
  if (!hook) return;
  const only = { ...params, SequenceNumber: "0" };
  notify(core, { kind: "number-status", hook, params: only, callSid: call.sid, conferenceSid: null });
}

function sendProgress(core: Core, call: CallState, event: CallEvent, params: Record<string, string>): void {
  const hook = call.statusCallback;
  if (!hook?.events.has(event)) return;
  const numbered = { ...params, SequenceNumber: String(call.sequence++) };
  const kind = call.direction === "outbound-dial" ? "dial-status" : "call-status";
  notify(core, { kind, hook, params: numbered, callSid: call.sid, conferenceSid: null });
}

/**
 * Tells listeners and status callbacks of a call's new status; `initiated` is an event, not a status.
 * @param conferenceSid the conference that the call was in when it ended
 */
export function reportCall(
  core: Core,
  leg: Leg,
  event: CallEvent | null,
  conferenceSid: string | null,
): void {
  const { call } = leg;
  const { sid, from, to, status } = call;
  const at = core.clock.now();
  const params = event && progressFields(core, call, event, at);
  const place = event === "completed" ? "completed" : null;
  core.outbox.add({
    place,
    conferenceSid,
    send() {
      if (event !== "initiated") core.emit({ kind: "call-status", callSid: sid, from, to, status, at });
      if (!event || !params) return;
      sendProgress(core, call, event, params);
      if (event === "completed") sendNumberCallback(core, leg, params);
    },
  });
}
