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

  const sidOf = async ({ sid, name }: ConferenceRef): Promise<string | undefined> =>
    sid ?? (await findConference(name));

  /** Changes a participant; resolves with false when Twilio does not find it. */
  const changeIfFound = async (
    ref: ConferenceRef,
    callSid: CallSid,
    change: ParticipantContextUpdateOptions,
  ): Promise<boolean> => {
    try {
      const sid = await sidOf(ref);
      if (sid !== undefined) await client.conferences(sid).participants(callSid).update(change);
      return sid !== undefined;
    } catch (thrown) {
      if (isGone(thrown)) return false;
      throw toTwilioError(thrown);
    }
  };
  const changeParticipant = async (...change: Parameters<typeof changeIfFound>): Promise<void> => {
    if (await changeIfFound(...change)) return;
    throw new AppError("not-found", "Twilio does not find this participant in the conference.");
  };

  return {
    dialAgent: createDialAgent(client, { number, addresses, identityOf, maxCallMinutes }),
    // "canceled" ends only what is queued or rings; "completed" ends a call in any state
    // (www.twilio.com/docs/voice/api/call-resource, "Status").
    hangUp: (callSid, { onlyIfUnanswered }) =>
      unlessGone(() => client.calls(callSid).update({ status: onlyIfUnanswered ? "canceled" : "completed" })),
    // Who is not in the conference cannot end it: only then may a leg be hung up that must take nobody along.
    setEndsConference: async (ref, callSid, value) =>
      void (await changeIfFound(ref, callSid, { endConferenceOnExit: value })),
    setHold: (ref, callSid, value) =>
      changeParticipant(
        ref,
        callSid,
        value ? { hold: true, holdUrl: addresses().hold, holdMethod: "POST" } : { hold: false },
      ),
    setMuted: (ref, callSid, value) => changeParticipant(ref, callSid, { muted: value }),
    announce: (ref) =>
      unlessGone(async () => {
        const sid = await sidOf(ref);
        if (sid !== undefined)
          await client
            .conferences(sid)
            .update({ announceUrl: addresses().announcement, announceMethod: "POST" });
      }),
    endConference: (ref) =>
      unlessGone(async () => {
        const sid = await sidOf(ref);
        if (sid !== undefined) await client.conferences(sid).update({ status: "completed" });
      }),
    survey: createSurvey(client, { number, identityOf }),
  };
}
