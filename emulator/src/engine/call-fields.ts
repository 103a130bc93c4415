import { secondsOf } from "../world/calls.ts";
import type { CallEvent, CallState } from "../types.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import type { Core } from "./core.ts";

/** Fields of every request about a call (www.twilio.com/docs/voice/twiml, "Twilio's request to your application"). */
export function callFields(core: Core, call: CallState): Record<string, string> {
  const fields: Record<string, string> = {
    AccountSid: core.world.account.accountSid,
    ApiVersion: "2010-04-01",
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: call.direction,
    From: call.from,
    Caller: call.from,
    To: call.to,
    Called: call.to,
  };
  if (call.parentCallSid !== null) fields.ParentCallSid = call.parentCallSid;
  return fields;
}

/** Fields of a call progress callback, but its SequenceNumber. @param at the event's time */
export function progressFields(
  core: Core,
  call: CallState,
  event: CallEvent,
  at: number,
): Record<string, string> {
  const fields = {
    ...callFields(core, call),
    CallbackSource: "call-progress-events",
    Timestamp: rfc2822(at),
  };
  if (event === "initiated") return { ...fields, CallStatus: "initiated" };
  if (event !== "completed") return fields;
  const seconds = secondsOf(call, at);
  const ended: Record<string, string> = {
    ...fields,
    CallDuration: String(seconds),
    Duration: String(Math.ceil(seconds / 60)),
  };
  if (call.sipResponseCode !== null) ended.SipResponseCode = String(call.sipResponseCode);
  return ended;
}
