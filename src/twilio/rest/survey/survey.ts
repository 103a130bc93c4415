import type Twilio from "twilio/lib/rest/Twilio.js";
import type { Telephony } from "../../../call/ports.ts";
import { mergeSurveys } from "../../../call/rules/survey.ts";
import type { Leg, Time } from "../../../call/types.ts";
import type { TwilioSettings } from "../../settings.ts";
import { toTwilioError } from "../errors.ts";
import { createLookAtCall } from "./look-at-call.ts";
import { createLookAtConference } from "./look-at-conference.ts";

/** How long, in ms, a call is looked for whose dial counts as failed and may have been carried out all the same. */
const LOOKED_FOR = 120_000;

/** May a call of this leg still be up, or have ended in a way that we do not know? */
function isOpen(leg: Leg, at: Time): boolean {
  if (leg.role === "customer") return leg.end === null && leg.leftAt === null;
  if (leg.end === null) return true;
  return leg.callSid === null && leg.leftAt !== null && at - leg.leftAt < LOOKED_FOR;
}

/**
 * Looks at a call in Twilio's lists: at its conference, and at each leg that is not shown in it.
 */
export function createSurvey(
  client: Twilio,
  settings: Required<Pick<TwilioSettings, "number" | "identityOf">>,
): Telephony["survey"] {
  const lookAtConference = createLookAtConference(client);
  const lookAtCall = createLookAtCall(client, settings);
  return async ({ conference, legs, at, ahead }) => {
    const asked = { at, ahead };
    try {
      const seen = await lookAtConference(conference, legs, asked);
      const elsewhere = legs.filter((leg) => isOpen(leg, at) && !seen.alive?.includes(leg.label));
      const calls = await Promise.all(elsewhere.map((leg) => lookAtCall(leg, legs, asked)));
      return mergeSurveys([seen, ...calls]);
    } catch (thrown) {
      throw toTwilioError(thrown);
    }
  };
}
