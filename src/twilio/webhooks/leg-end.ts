import type { FailureReason, LegEnd } from "../../call/types.ts";
import type { Form } from "./form.ts";

const SIP_CODE = /^\d{1,3}$/;

/** What the far end's SIP answer tells beyond the status: 404 and 480 cannot be found, 603 said no. */
const BY_SIP_CODE: Record<string, FailureReason> = {
  "404": "unreachable",
  "480": "unreachable",
  "603": "declined",
};

const notAnswered = (sipCode: string, otherwise: FailureReason): LegEnd => ({
  answered: false,
  reason: BY_SIP_CODE[sipCode] ?? otherwise,
});

/**
 * How a leg ended, by its last CallStatus; null for a status that is not an end (or not known to us).
 * We dial browsers only, and a browser that is in a call lets another one ring unheard: its `busy` is a person who declined.
 * A decline may also be reported as `no-answer` (www.twilio.com/docs/voice/api/call-resource).
 * @param sipCode empty: not told
 */
export function endByStatus(status: string, sipCode = ""): LegEnd | null {
  switch (status) {
    case "completed":
      return { answered: true };
    case "busy":
      return notAnswered(sipCode, "declined");
    case "no-answer":
      return notAnswered(sipCode, "no-answer");
    case "failed":
      return notAnswered(sipCode, "error");
    case "canceled":
      return { answered: false, reason: "cancelled" };
    default:
      return null;
  }
}

/** The same for a status callback. */
export function legEnd(status: string, form: Form): LegEnd | null {
  return endByStatus(status, form.optional("SipResponseCode", SIP_CODE));
}
