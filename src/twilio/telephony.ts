import type { ParticipantContextUpdateOptions } from "twilio/lib/rest/api/v2010/account/conference/participant.js";
import type { ConferenceRef, Telephony } from "../call/ports.ts";
import type { CallSid } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { createRestClient } from "./rest/client.ts";
import { createDialAgent } from "./rest/dial-agent.ts";
import { isGone, toTwilioError } from "./rest/errors.ts";
import { createFindConference } from "./rest/find-conference.ts";
import { createSurvey } from "./rest/survey/survey.ts";
import type { TwilioSettings } from "./settings.ts";

const participantNotFound = (): AppError =>
  new AppError("not-found", "Twilio does not find this participant in the conference.");

/** Runs a request. A resource that no longer exists counts as success. @throws AppError */
async function unlessGone(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (thrown) {
    if (!isGone(thrown)) throw toTwilioError(thrown);
  }
}

/**
 * Telephony over Twilio's REST API (www.twilio.com/docs/voice/api). Every function throws an AppError: `auth`, `network`,
 * `timeout` (the request may have succeeded), `twilio`.
 * @throws AppError config if credentials would go anywhere but to Twilio or this machine
 */
export function createTelephony(settings: TwilioSettings): Telephony {
  const client = createRestClient(settings);
  const { number, addresses, maxCallMinutes, identityOf = async (agent) => agent } = settings;
  const findConference = createFindConference(client);

  /** Changes a participant. @throws AppError not-found */
  const changeParticipant = async (
    ref: ConferenceRef,
    callSid: CallSid,
    change: ParticipantContextUpdateOptions,
  ): Promise<void> => {
    try {
      const sid = ref.sid ?? (await findConference(ref.name));
      if (sid === undefined) throw participantNotFound();
      await client.conferences(sid).participants(callSid).update(change);
    } catch (thrown) {
      throw isGone(thrown) ? participantNotFound() : toTwilioError(thrown);
    }
  };

  return {
    dialAgent: createDialAgent(client, { number, addresses, identityOf, maxCallMinutes }),
    // "canceled" ends only what is queued or rings; "completed" ends a call in any state
    // (www.twilio.com/docs/voice/api/call-resource, "Status").
    hangUp: (callSid, { onlyIfUnanswered }) =>
      unlessGone(() => client.calls(callSid).update({ status: onlyIfUnanswered ? "canceled" : "completed" })),
    // Who is not in the conference cannot end it: only then may a leg be hung up that must take nobody along.
    setEndsConference: (ref, callSid, value) =>
      changeParticipant(ref, callSid, { endConferenceOnExit: value }).catch((error: unknown) => {
        if (!(error instanceof AppError && error.category === "not-found")) throw error;
      }),
    setHold: (ref, callSid, value) =>
      changeParticipant(
        ref,
        callSid,
        value ? { hold: true, holdUrl: addresses().hold, holdMethod: "POST" } : { hold: false },
      ),
    setMuted: (ref, callSid, value) => changeParticipant(ref, callSid, { muted: value }),
    endConference: (ref) =>
      unlessGone(async () => {
        const sid = ref.sid ?? (await findConference(ref.name));
        if (sid !== undefined) await client.conferences(sid).update({ status: "completed" });
      }),
    survey: createSurvey(client, { number, identityOf }),
  };
}
