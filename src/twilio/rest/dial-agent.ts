import type Twilio from "twilio/lib/rest/Twilio.js";
import type { Telephony } from "../../call/ports.ts";
import { legLimit } from "../../call/legs.ts";
import type { CallSid } from "../../call/types.ts";
import { AppError } from "../../errors.ts";
import type { TwilioSettings } from "../settings.ts";
import { toTwilioError } from "./errors.ts";

/** Twilio lets a phone ring 5 s longer than its `Timeout` (www.twilio.com/docs/voice/api/call-resource, "Timeout"). */
const ADDED_SECONDS = 5;

const EVENTS = ["initiated", "ringing", "answered", "completed"];

/**
 * Dials an agent's browser from our number (www.twilio.com/docs/voice/api/call-resource). The URLs that Twilio gets, and
 * signs, contain the leg's call and label.
 */
export function createDialAgent(
  client: Twilio,
  settings: Required<Pick<TwilioSettings, "number" | "addresses" | "identityOf" | "maxCallMinutes">>,
): Telephony["dialAgent"] {
  const { number, addresses, identityOf, maxCallMinutes } = settings;
  return async ({ call, label, agent, ringSeconds }) => {
    const dialled = await client.calls
      .create({
        from: number,
        to: `client:${await identityOf(agent)}`,
        url: addresses().connect(call, label),
        fallbackUrl: addresses().fallback,
        statusCallback: addresses().callEvents(call, label),
        statusCallbackEvent: EVENTS,
        timeout: ringSeconds - ADDED_SECONDS,
        timeLimit: legLimit(maxCallMinutes),
      })
      .catch((thrown: unknown) => {
        throw toTwilioError(thrown);
      });
    if (!/^CA[0-9a-f]{32}$/.test(dialled.sid ?? ""))
      throw new AppError("twilio", "Twilio took the dial but did not say which call it became.");
    return dialled.sid as CallSid;
  };
}
