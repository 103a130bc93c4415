import type { ApplicationOptions, Credentials, NumberOptions, PhoneNumberState, World } from "../types.ts";
import { newApplication } from "./applications.ts";
import { newAddresses } from "./addresses.ts";
import { newSid } from "./sids.ts";

function newNumber(options: NumberOptions, now: number): PhoneNumberState {
  return {
    sid: newSid("PN"),
    phoneNumber: options.phoneNumber,
    friendlyName: options.friendlyName ?? options.phoneNumber,
    ...newAddresses(options),
    voiceApplicationSid: "",
    trunkSid: "",
    voiceReceiveMode: "voice",
    voiceCallerIdLookup: false,
    dateCreated: now,
    dateUpdated: now,
  };
}

/** An account without calls. @param now milliseconds since 1970 */
export function newWorld(
  credentials: Credentials,
  numbers: readonly NumberOptions[],
  now: number,
  applications: readonly ApplicationOptions[] = [],
): World {
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  const firstKey = { sid: apiKey, friendlyName: "Local API key", secret: apiSecret, dateCreated: now };
  const apps = applications.map((options) => newApplication(options, now));
  const states = numbers.map((options) => newNumber(options, now));
  return {
    account: { accountSid, authToken, friendlyName: "Local Twilio", dateCreated: now },
    keys: new Map([[apiKey, firstKey]]),
    calls: new Map(),
    conferences: new Map(),
    liveConferences: new Map(),
    queues: new Map(),
    recordings: new Map(),
    numbers: new Map(states.map((number) => [number.sid, number])),
    applications: new Map(apps.map((application) => [application.sid, application])),
  };
}
