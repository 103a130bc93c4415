import type { Verb } from "../twiml/verbs.ts";

export interface ElementCoverage {
  /** Attributes that have their effect. */
  attributes: readonly string[];
  /** Attributes that are accepted and change nothing here. */
  inert: readonly string[];
}

const TARGET = ["url", "method", "statusCallback", "statusCallbackMethod", "statusCallbackEvent"];
const RECORDING = [
  "recordingStatusCallback",
  "recordingStatusCallbackMethod",
  "recordingStatusCallbackEvent",
];

type RunVerb = Exclude<Verb["verb"], "Audio" | "Unsupported">;

export const verbs: Readonly<Record<RunVerb, ElementCoverage>> = {
  Say: { attributes: ["language", "loop"], inert: ["voice"] },
  Play: { attributes: ["loop", "digits"], inert: [] },
  Pause: { attributes: ["length"], inert: [] },
  Redirect: { attributes: ["method"], inert: [] },
  Hangup: { attributes: [], inert: [] },
  Reject: { attributes: ["reason"], inert: [] },
  Dial: {
    attributes: [
      "action",
      "method",
      "timeout",
      "timeLimit",
      "hangupOnStar",
      "answerOnBridge",
      "sequential",
      "callerId",
    ],
    inert: ["record", "trim", "ringTone", "referUrl", "referMethod", ...RECORDING, "recordingTrack"],
  },
};

/** Nouns of `<Dial>`. */
export const nouns: Readonly<Record<string, ElementCoverage>> = {
  Client: { attributes: TARGET, inert: [] },
  Number: { attributes: TARGET, inert: ["sendDigits", "byoc"] },
  Conference: {
    attributes: [
      "muted",
      "beep",
      "startConferenceOnEnter",
      "endConferenceOnExit",
      "participantLabel",
      "waitUrl",
      "waitMethod",
      "maxParticipants",
      "coach",
      "region",
      "statusCallback",
      "statusCallbackMethod",
      "statusCallbackEvent",
    ],
    inert: ["jitterBufferSize", "record", "trim", ...RECORDING, "eventCallbackUrl"],
  },
};
