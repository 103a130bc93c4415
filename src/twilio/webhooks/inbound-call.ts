import type { CallId, Fact } from "../../call/types.ts";
import { customerKindOf } from "../customer-kind.ts";
import type { Form } from "./form.ts";
import { CALL_SID } from "./shapes.ts";

/** Characters. Numbers have up to 16; longer SIP addresses are cut. */
const LONGEST_CALLER = 128;

/**
 * Reads the voice webhook of a customer's call (www.twilio.com/docs/voice/twiml). `From` is only shown, so no value of it
 * turns a customer away. A withheld number becomes empty.
 * @throws AppError usage without a Call SID
 */
export function readInboundCall(form: Form, now: number): { call: CallId; fact: Fact } {
  const call = form.required("CallSid", CALL_SID) as CallId;
  const from = form.shown("From", LONGEST_CALLER);
  const number = customerKindOf(from) === "withheld" ? "" : from;
  return { call, fact: { kind: "customer-called", at: now, call, number } };
}
