import { isOfApplication, secondsOf } from "../world/calls.ts";
import type { CallEvent, CallState } from "../types.ts";
import { rfc2822 } from "../webhooks/timestamp.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import { callToken } from "./call-token.ts";
import type { Core } from "./core.ts";
import { recordingFields } from "./report-recording.ts";
import { geoFields } from "./geo-fields.ts";

type Fields = Record<string, string>;

function bareFields(core: Core, call: CallState): Fields {
  return {
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
}

/** The parent of a call of `<Dial>`, and the number that the parent came in on. */
function parentFields({ world }: Core, { parentCallSid }: CallState): Fields {
  if (parentCallSid === null) return {};
  const parent = world.calls.get(parentCallSid);
  const isForwarded = parent?.direction === "inbound" && parent.to.startsWith("+");
  const via = isForwarded ? { CalledVia: parent.to, ForwardedFrom: parent.to } : {};
  return { ParentCallSid: parentCallSid, ...via };
}

/** `CallerName` of an incoming call to a number that looks names up; the emulator finds none. */
function callerName({ world }: Core, { direction, phoneNumberSid }: CallState): Fields {
  if (direction !== "inbound" || phoneNumberSid === null) return {};
  return world.numbers.get(phoneNumberSid)?.voiceCallerIdLookup ? { CallerName: "" } : {};
}

/** Fields of every request about a call (www.twilio.com/docs/voice/twiml, "Twilio's request to your application"). */
function callFields(core: Core, call: CallState): Fields {
  const whole = { ...bareFields(core, call), ...parentFields(core, call), ...callerName(core, call) };
  return { ...whole, ...geoFields(call) };
}

const IN_CONFERENCE: ReadonlySet<Delivery["kind"]> = new Set(["wait", "hold", "announce"]);

/** What music and announcements of a conference are requested with; a browser that `<Dial>` called has no address there. */
function conferenceFields(core: Core, call: CallState): Fields {
  const fields = bareFields(core, call);
  const isBrowser = call.direction === "outbound-dial" && call.to.startsWith("client:");
  return isBrowser ? { ...fields, From: "", Caller: "", To: "", Called: "" } : fields;
}

/** Fields of a request for TwiML. */
export function documentFields(core: Core, call: CallState, kind: Delivery["kind"]): Fields {
  if (IN_CONFERENCE.has(kind)) return conferenceFields(core, call);
  const fields = callFields(core, call);
  const comesFromOutside = call.direction === "inbound" && !isOfApplication(call);
  if (!comesFromOutside || !call.from.startsWith("+")) return fields;
  fields.StirVerstat = "TN-Validation-Passed-A";
  if (kind === "voice" && call.status === "ringing") fields.CallToken = callToken(core.world, call);
  return fields;
}

function endFields(core: Core, call: CallState, at: number): Fields {
  const seconds = secondsOf(call, at);
  const fields: Fields = { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
  const wasAnswered = call.status === "completed" && call.direction === "outbound-api";
  const code = call.sipResponseCode ?? (wasAnswered ? 200 : null);
  if (code !== null) fields.SipResponseCode = String(code);
  if (call.answeredBy !== null) fields.AnsweredBy = call.answeredBy;
  const recorded = [...core.world.recordings.values()].find(
    ({ callSid, source }) => callSid === call.sid && source === "OutboundAPI",
  );
  return { ...fields, ...recordingFields(core, recorded) };
}

/** Fields of a call progress callback, but its SequenceNumber. A call of `<Dial>` says nothing of places. @param at the event's time */
export function progressFields(core: Core, call: CallState, event: CallEvent, at: number): Fields {
  const isChild = call.direction === "outbound-dial";
  const fields = {
    ...(isChild ? { ...bareFields(core, call), ...parentFields(core, call) } : callFields(core, call)),
    CallbackSource: "call-progress-events",
    Timestamp: rfc2822(at),
  };
  if (event === "initiated") return { ...fields, CallStatus: "initiated" };
  return event === "completed" ? { ...fields, ...endFields(core, call, at) } : fields;
}
