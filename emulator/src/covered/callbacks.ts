import { RECORDING_EVENTS } from "../twiml/recording-callback.ts";
import { STREAM_EVENTS } from "../engine/report-stream.ts";
import type { CallEvent } from "../types.ts";
import type { Delivery } from "../webhooks/delivery.ts";
import type { ConferenceEvent } from "../world/effects.ts";

/** When each kind of request is sent to the app. */
export const requests: Readonly<Record<Delivery["kind"], string>> = {
  voice:
    "a call needs TwiML: the voice URL of the number or the application, or `Url` of CreateCall and UpdateCall",
  fallback: "the voice URL failed (with `ErrorCode` and `ErrorUrl`)",
  action:
    "a `<Dial action>` or `<Connect action>` is over, `<Gather>` has keys or speech, `<Record>` has a recording, or a call has left the queue of `<Enqueue>`",
  redirect: "`<Redirect>`",
  wait: "a conference has not started: `waitUrl`",
  "queue-wait": "a call waits in a queue: `waitUrl` of `<Enqueue>`, again whenever it has run out",
  hold: "a participant is held: `HoldUrl`",
  announce: "an announcement: `AnnounceUrl`",
  "client-url":
    "the called side of `<Client url>` or `<Number url>` has answered, or a queued call is about to be connected: `<Queue url>`",
  play: "`<Play>` needs its sound",
  "gather-partial": "`<Gather>` has understood one more sentence: `partialResultCallback`",
  "call-status": "a call made by REST goes on",
  "dial-status": "a call made by a noun of `<Dial>` goes on: `statusCallback`",
  "conference-status": "something happens in a conference",
  "recording-status": "a recording of a call or a conference begins or ends: `recordingStatusCallback`",
  "stream-status": "a media stream starts, stops or fails: `statusCallback` of `<Stream>`",
  "amd-status":
    "an answering machine, or a human, was detected: `AsyncAmdStatusCallback`, `AmdStatusCallback`, `amdStatusCallback`",
  "user-defined-message":
    "the page of a browser has sent a message in a call: `Callback` of CreateUserDefinedMessageSubscription",
  "number-status": "a call to a number or an application has ended",
};

const callEvents = {
  initiated: true,
  ringing: true,
  answered: true,
  completed: true,
} satisfies Record<CallEvent, true>;

const conferenceEvents = {
  "conference-start": true,
  "conference-end": true,
  "participant-join": true,
  "participant-leave": true,
  "participant-mute": true,
  "participant-unmute": true,
  "participant-hold": true,
  "participant-unhold": true,
  "participant-modify": true,
  "announcement-end": true,
  "announcement-fail": true,
} satisfies Record<ConferenceEvent, true>;

/** `StatusCallbackEvent`, by the kind of request that carries it. */
export const events: Readonly<Partial<Record<Delivery["kind"], readonly string[]>>> = {
  "call-status": Object.keys(callEvents),
  "dial-status": Object.keys(callEvents),
  "conference-status": Object.keys(conferenceEvents),
  "recording-status": RECORDING_EVENTS,
  "stream-status": STREAM_EVENTS,
  "number-status": ["completed"],
};
