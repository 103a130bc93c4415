import type { CallId, CallSid, Fact, Label } from "../../call/types.ts";
import { legEnd } from "./leg-end.ts";
import { CALL_SID, LABEL, LINE, timesOf } from "./shapes.ts";
import type { Form } from "./form.ts";

/** What a call status callback says of a leg of a call; `fact` is null for what we need not know. */
export interface CallEvent {
  call: CallId;
  fact: Fact | null;
}

/**
 * Reads a call status callback (www.twilio.com/docs/voice/api/call-resource). Its own address says of which call and leg it
 * is; without that it is the number's own callback, about the customer's leg.
 * @throws AppError usage for wrong shapes
 */
export function readCallEvent(query: Form, form: Form, now: number): CallEvent {
  const callSid = form.required("CallSid", CALL_SID) as CallSid;
  const call = (query.optional("call", CALL_SID) ?? callSid) as CallId;
  const label = (query.optional("leg", LABEL) ?? "customer") as Label;
  const status = form.required("CallStatus", LINE);
  const leg = { ...timesOf(form, now), label, callSid };
  switch (status) {
    case "queued":
    case "initiated":
      return { call, fact: { kind: "leg-dialled", ...leg } };
    case "ringing":
      return { call, fact: { kind: "leg-ringing", ...leg } };
    case "in-progress":
      return { call, fact: { kind: "leg-answered", ...leg } };
    default: {
      const end = legEnd(status, form);
      return { call, fact: end && { kind: "leg-ended", ...leg, end } };
    }
  }
}
