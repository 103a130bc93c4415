import type { ConferenceRef, Telephony } from "../call/ports.ts";
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

  /** Acts on a live conference. A missing one counts as success. */
  const inConference = (ref: ConferenceRef, act: (sid: string) => Promise<unknown>): Promise<void> =>
    unlessGone(async () => {
      const sid = ref.sid ?? (await findConference(ref.name));
      if (sid !== undefined) await act(sid);
    });

  return {
    dialAgent: createDialAgent(client, { number, addresses, identityOf, maxCallMinutes }),
    // "canceled" ends only what is queued or rings; "completed" ends a call in any state
    // (www.twilio.com/docs/voice/api/call-resource, "Status").
    hangUp: (callSid, { onlyIfUnanswered }) =>
      unlessGone(() => client.calls(callSid).update({ status: onlyIfUnanswered ? "canceled" : "completed" })),
    setEndsConference: (ref, callSid, value) =>
      inConference(ref, (sid) =>
        client.conferences(sid).participants(callSid).update({ endConferenceOnExit: value }),
      ),
    setHold: (ref, callSid, value) =>
      inConference(ref, (sid) =>
        client
          .conferences(sid)
          .participants(callSid)
          .update(value ? { hold: true, holdUrl: addresses().hold, holdMethod: "POST" } : { hold: false }),
      ),
    setMuted: (ref, callSid, value) =>
      inConference(ref, (sid) => client.conferences(sid).participants(callSid).update({ muted: value })),
    endConference: (ref) =>
      inConference(ref, (sid) => client.conferences(sid).update({ status: "completed" })),
    survey: createSurvey(client, { number, identityOf }),
  };
}
