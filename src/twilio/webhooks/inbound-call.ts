import type { CallId, Fact } from "../../call/types.ts";
import type { Form } from "./form.ts";
import { CALL_SID, LINE } from "./shapes.ts";

/** Reads the voice webhook of our number: a customer calls (www.twilio.com/docs/voice/twiml). @throws AppError usage */
export function readInboundCall(form: Form, now: number): { call: CallId; fact: Fact } {
  const call = form.required("CallSid", CALL_SID) as CallId;
  const number = form.optional("From", LINE) ?? "anonymous";
  return { call, fact: { kind: "customer-called", at: now, call, number } };
}
