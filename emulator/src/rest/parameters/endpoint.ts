import { TwilioError } from "../../engine/engine.ts";
import type { World } from "../../types.ts";

const E164 = /^\+[1-9]\d{1,14}$/;
const CLIENT = /^client:[^?\s]{1,256}(\?.*)?$/;
const SIP = /^sips?:[^\s@]+@[^\s@]+$/;
const APPLICATION = /^app:(AP[0-9a-f]{32})(\?.*)?$/;

/** A scripted SIP phone asks for none. */
export const SIP_CREDENTIALS = ["SipAuthUsername", "SipAuthPassword"];

/**
 * Whom to call: E.164, `client:identity` or `app:AP…` with or without `?key=value`, or `sip:user@host`.
 * @throws TwilioError 21201 (missing), 21211 (not such an address), 21218 (no such application)
 */
export function calledParty(to: string | undefined, { applications }: World): string {
  if (!to) throw new TwilioError(21201, "No 'To' number is specified");
  if (E164.test(to) || CLIENT.test(to) || SIP.test(to)) return to;
  const [, sid] = APPLICATION.exec(to) ?? [];
  if (sid !== undefined && applications.has(sid)) return to;
  if (sid !== undefined) throw new TwilioError(21218, `Invalid ApplicationSid: there is no ${sid}`);
  throw new TwilioError(21211, `The phone number you are attempting to call, ${to}, is not valid.`);
}

/**
 * Whom the called party sees: one of the account's numbers, or, when no phone is called, also `client:identity` or a
 * SIP user name (www.twilio.com/docs/voice/api/call-resource).
 * @throws TwilioError 21213 (missing), 21212 (not a number), 21210 (not the account's number)
 */
export function callerId(from: string | undefined, to: string, world: World): string {
  if (!from) throw new TwilioError(21213, "A 'From' phone number is required.");
  if (E164.test(from)) {
    const owned = [...world.numbers.values()].some((number) => number.phoneNumber === from);
    if (owned) return from;
    throw new TwilioError(
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account.`,
    );
  }
  if (to.startsWith("sip") || (/^(client|app):/.test(to) && CLIENT.test(from))) return from;
  throw new TwilioError(21212, `The source phone number provided, ${from}, is not valid.`);
}
