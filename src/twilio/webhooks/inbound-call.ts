import type { CallId, Fact } from "../../call/types.ts";
import { customerKindOf } from "../customer-kind.ts";
import type { Form } from "./form.ts";
import { CALL_SID } from "./shapes.ts";

/** The longest number has 16 characters; a SIP address that is longer is known by its beginning. */
const LONGEST_CALLER = 128;

/**
 * Reads the voice webhook of our number: a customer calls (www.twilio.com/docs/voice/twiml). From is only shown: whatever is
 * in it, the customer is served. It is empty for a number that is withheld.
 * @throws AppError usage without a Call SID
 */
export function readInboundCall(form: Form, now: number): { call: CallId; fact: Fact } {
  const call = form.required("CallSid", CALL_SID) as CallId;
  const from = form.shown("From", LONGEST_CALLER);
  const number = customerKindOf(from) === "withheld" ? "" : from;
  return { call, fact: { kind: "customer-called", at: now, call, number } };
}
