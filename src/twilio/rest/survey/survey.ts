import type Twilio from "twilio/lib/rest/Twilio.js";
import type { Survey } from "../../../call/inputs.ts";
import type { Telephony } from "../../../call/ports.ts";
import { mergeSurveys } from "../../../call/rules/survey.ts";
import type { Leg, Time } from "../../../call/types.ts";
import type { TwilioSettings } from "../../settings.ts";
import { toTwilioError } from "../errors.ts";
import { createLookAtCall } from "./look-at-call.ts";
import { createLookAtConference } from "./look-at-conference.ts";

/** How long to search for the call of a dial that counts as failed but may have succeeded, in ms. */
const LOOKED_FOR = 120_000;

/** True if the leg's call may be up, or its end is unknown. */
function isOpen(leg: Leg, at: Time): boolean {
  // A conference that has ended leaves the customer on the line, perhaps with a message to leave.
  if (leg.role === "customer")
    return leg.end === null && (leg.leftAt === null || leg.leftBecause !== "hung-up");
  if (leg.end === null) return true;
  return leg.callSid === null && leg.leftAt !== null && at - leg.leftAt < LOOKED_FOR;
}

const hasEnded = ({ facts = [] }: Partial<Survey>): boolean => facts.some(({ kind }) => kind === "leg-ended");

const isListedCustomer = (leg: Leg, { alive = [] }: Partial<Survey>): boolean =>
  leg.role === "customer" && leg.callSid !== null && alive.includes(leg.label);

/**
 * Surveys a call in Twilio's lists: its conference, then each leg that the conference does not show.
 */
export function createSurvey(
  client: Twilio,
  settings: Required<Pick<TwilioSettings, "number" | "generationOf">>,
): Telephony["survey"] {
  const lookAtConference = createLookAtConference(client);
  const lookAtCall = createLookAtCall(client, settings);
  return async ({ conference, legs, at, ahead }) => {
    const asked = { at, ahead };
    try {
      const seen = await lookAtConference(conference, legs, asked);
      const elsewhere = legs.filter((leg) => isOpen(leg, at) && !seen.alive?.includes(leg.label));
      const calls = await Promise.all(elsewhere.map((leg) => lookAtCall(leg, legs, asked)));
      // The list may lag: a leg that has ended may have ended with a customer who is still listed.
      const listed = calls.some(hasEnded) ? legs.filter((leg) => isListedCustomer(leg, seen)) : [];
      const customers = await Promise.all(listed.map((leg) => lookAtCall(leg, legs, asked)));
      return mergeSurveys([seen, ...calls, ...customers.filter(hasEnded)]);
    } catch (thrown) {
      throw toTwilioError(thrown);
    }
  };
}
