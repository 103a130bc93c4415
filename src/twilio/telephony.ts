import type Twilio from "twilio/lib/rest/Twilio.js";
import type { ParticipantContextUpdateOptions } from "twilio/lib/rest/api/v2010/account/conference/participant.js";
import { legLimit } from "../call/legs.ts";
import type { ConferenceRef, Telephony } from "../call/ports.ts";
import { CUSTOMER, type CallSid } from "../call/types.ts";
import { AppError } from "../errors.ts";
import { addressOf } from "./addresses.ts";
import { connectTwilio } from "./rest/client.ts";
import { isGone, toTwilioError } from "./rest/errors.ts";
import { findConference } from "./rest/survey/look-at-conference.ts";
import { createSurvey } from "./rest/survey/survey.ts";
import type { TwilioSettings } from "./settings.ts";

/** Runs a request. Returns false if the resource does not exist. @throws AppError */
async function ifFound(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (thrown) {
    if (isGone(thrown)) return false;
    throw toTwilioError(thrown);
  }
}

/** Runs a request. A resource that no longer exists counts as success. @throws AppError */
async function unlessGone(request: () => Promise<unknown>): Promise<void> {
  await ifFound(request);
}

/** Twilio lets a phone ring 5 s longer than its `Timeout` (www.twilio.com/docs/voice/api/call-resource, "Timeout"). */
const ADDED_SECONDS = 5;

const EVENTS = ["initiated", "ringing", "answered", "completed"];

type DialSettings = Required<Pick<TwilioSettings, "number" | "urls" | "generationOf" | "maxCallMinutes">>;

/**
 * Dials a party from our number (www.twilio.com/docs/voice/api/call-resource). The URLs that Twilio gets, and
 * signs, contain the leg's call and label.
 */
function createDial(
  client: Twilio,
  { number, urls, generationOf, maxCallMinutes }: DialSettings,
): Telephony["dial"] {
  return async ({ call, label, party, ringSeconds }) => {
    const dialled = await client.calls
      .create({
        from: number,
        to: await addressOf(party, generationOf),
        url: urls().connect(call, label),
        fallbackUrl: urls().fallback,
        statusCallback: urls().callEvents(call, label),
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

/** Changes a call's conference and its participants. */
function createConferences(
  client: Twilio,
  urls: TwilioSettings["urls"],
): Omit<Telephony, "dial" | "hangUp" | "release" | "survey"> {
  const sidOf = async ({ sid, name }: ConferenceRef): Promise<string | undefined> => {
    if (sid !== null) return sid;
    const found = await findConference(client, name);
    return found?.status === "completed" ? undefined : found?.sid;
  };

  /** Changes a participant; resolves with false when Twilio does not find it. */
  const changeIfFound = async (
    ref: ConferenceRef,
    callSid: CallSid,
    change: ParticipantContextUpdateOptions,
  ): Promise<boolean> => {
    let sid: string | undefined;
    const isFound = await ifFound(async () => {
      sid = await sidOf(ref);
      if (sid !== undefined) await client.conferences(sid).participants(callSid).update(change);
    });
    return isFound && sid !== undefined;
  };
  const changeParticipant = async (...change: Parameters<typeof changeIfFound>): Promise<void> => {
    if (await changeIfFound(...change)) return;
    throw new AppError("not-found", "Twilio does not find this participant in the conference.");
  };

  return {
    // A leg outside the conference cannot end it, so it may be hung up without its flag cleared.
    setEndsConference: async (ref, callSid, value) =>
      void (await changeIfFound(ref, callSid, { endConferenceOnExit: value })),
    setHold: (ref, callSid, value) =>
      changeParticipant(
        ref,
        callSid,
        value ? { hold: true, holdUrl: urls().hold, holdMethod: "POST" } : { hold: false },
      ),
    setMuted: (ref, callSid, value) => changeParticipant(ref, callSid, { muted: value }),
    announce: (ref, what) =>
      unlessGone(async () => {
        const sid = await sidOf(ref);
        if (sid !== undefined)
          await client
            .conferences(sid)
            .update({ announceUrl: urls().announcement(what), announceMethod: "POST" });
      }),
    async endConference(ref) {
      const isFound = await ifFound(async () => {
        const sid = await sidOf(ref);
        if (sid !== undefined) await client.conferences(sid).update({ status: "completed" });
      });
      if (!isFound) throw new AppError("not-found", "Twilio does not find this conference.");
    },
  };
}

/**
 * Telephony over Twilio's REST API (www.twilio.com/docs/voice/api). Every function throws an AppError: `auth`, `network`,
 * `timeout` (the request may have succeeded), `twilio`.
 * @throws AppError config if credentials would go anywhere but to Twilio or this machine
 */
export function createTelephony({ apiKey, apiSecret, ...settings }: TwilioSettings): Telephony {
  // The API key survives a rotation of the auth token.
  const client = connectTwilio({ ...settings, user: apiKey, password: apiSecret });
  // Loads the resources now, because the library would load them while the first customer waits.
  void [client.calls, client.conferences];
  const { number, urls, maxCallMinutes, generationOf = async () => "" } = settings;
  return {
    dial: createDial(client, { number, urls, generationOf, maxCallMinutes }),
    // "canceled" ends only what is queued or rings; "completed" ends a call in any state
    // (www.twilio.com/docs/voice/api/call-resource, "Status").
    hangUp: (callSid, { onlyIfUnanswered }) =>
      unlessGone(() => client.calls(callSid).update({ status: onlyIfUnanswered ? "canceled" : "completed" })),
    release: ({ call, callSid, stay }) =>
      unlessGone(() =>
        client.calls(callSid).update({ url: urls().left(call, CUSTOMER, stay), method: "POST" }),
      ),
    ...createConferences(client, urls),
    survey: createSurvey(client, { number, generationOf }),
  };
}
