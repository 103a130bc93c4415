import type { FailureReason, LegEnd } from "../../call/types.ts";
import type { Form } from "./form.ts";

const SIP_CODE = /^\d{1,3}$/;

/** Reasons by SIP response: 404 and 480 mean unreachable, 603 means declined. */
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
 * How a leg ended, by its last CallStatus; null for any other or unknown status. The server dials only browsers, and a browser
 * in a call ignores further calls, so `busy` means declined. Twilio may also report a decline as `no-answer`
 * (www.twilio.com/docs/voice/api/call-resource).
 * @param sipCode empty if Twilio sent none
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

/** How a leg ended, by a status callback. */
export function legEnd(status: string, form: Form): LegEnd | null {
  return endByStatus(status, form.optional("SipResponseCode", SIP_CODE));
}
