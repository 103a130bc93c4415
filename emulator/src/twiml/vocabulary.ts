import type { Verb } from "./verbs.ts";

/** The attributes of one element that are accepted; any other is a schema warning (12200). */
export interface Vocabulary {
  /** Attributes that have their effect. */
  readonly attributes: readonly string[];
  /** Attributes that are accepted and change nothing here. */
  readonly inert: readonly string[];
}

const PROGRESS = ["statusCallback", "statusCallbackMethod", "statusCallbackEvent"];
const TARGET = ["url", "method", ...PROGRESS];
const DETECTION = [
  "machineDetection",
  "machineDetectionTimeout",
  "machineDetectionSpeechThreshold",
  "machineDetectionSpeechEndThreshold",
  "amdStatusCallback",
  "amdStatusCallbackMethod",
];
const RECORDING = [
  "recordingStatusCallback",
  "recordingStatusCallbackMethod",
  "recordingStatusCallbackEvent",
];

type RunVerb = Exclude<Verb["verb"], "Audio" | "Unsupported">;

export const verbs = {
  Say: { attributes: ["language", "loop"], inert: ["voice"] },
  Play: { attributes: ["loop", "digits"], inert: [] },
  Pause: { attributes: ["length"], inert: [] },
  Redirect: { attributes: ["method"], inert: [] },
  Gather: {
    attributes: [
      "input",
      "action",
      "method",
      "timeout",
      "finishOnKey",
      "numDigits",
      "actionOnEmptyResult",
      "language",
      "speechTimeout",
      "bargeIn",
      "partialResultCallback",
      "partialResultCallbackMethod",
    ],
    inert: ["hints", "speechModel", "maxSpeechTime", "enhanced", "profanityFilter", "debug"],
  },
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
      "record",
      "trim",
      "recordingTrack",
      ...RECORDING,
    ],
    inert: ["ringTone", "referUrl", "referMethod"],
  },
  Record: {
    attributes: ["action", "method", "timeout", "finishOnKey", "maxLength", "playBeep", "trim", ...RECORDING],
    inert: ["transcribe", "transcribeCallback"],
  },
  Enqueue: {
    attributes: ["action", "method", "waitUrl", "waitUrlMethod", "maxQueueSize"],
    inert: [],
  },
  Leave: { attributes: [], inert: [] },
  Connect: { attributes: ["action", "method"], inert: [] },
  Start: { attributes: [], inert: ["action", "method"] },
  Stop: { attributes: [], inert: [] },
} satisfies Record<RunVerb, Vocabulary>;

/** Nouns of `<Dial>`. */
export const nouns = {
  Application: { attributes: ["customerId", "copyParentTo", ...PROGRESS], inert: ["url", "method"] },
  Client: { attributes: TARGET, inert: [] },
  Number: {
    attributes: [...TARGET, ...DETECTION],
    inert: ["sendDigits", "byoc", "machineDetectionSilenceTimeout"],
  },
  Sip: {
    attributes: [...TARGET, ...DETECTION],
    inert: ["username", "password", "machineDetectionSilenceTimeout"],
  },
  Queue: { attributes: ["url", "method"], inert: ["reservationSid", "postWorkActivitySid"] },
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
      "record",
      "trim",
      ...RECORDING,
    ],
    inert: ["jitterBufferSize", "eventCallbackUrl"],
  },
} satisfies Record<string, Vocabulary>;

const STREAM: Vocabulary = {
  attributes: ["url", "name", "track", "statusCallback", "statusCallbackMethod"],
  inert: ["connectorName"],
};

/** Nouns of `<Connect>`. */
export const connectNouns = {
  Stream: STREAM,
  ConversationRelay: {
    attributes: [
      "url",
      "welcomeGreeting",
      "welcomeGreetingInterruptible",
      "language",
      "ttsLanguage",
      "transcriptionLanguage",
      "dtmfDetection",
      "interruptible",
      "reportInputDuringAgentSpeech",
      "preemptible",
    ],
    inert: [
      "voice",
      "ttsProvider",
      "transcriptionProvider",
      "speechModel",
      "hints",
      "profanityFilter",
      "interruptSensitivity",
      "partialPrompts",
      "speechtimeout",
      "ignorebackchannel",
      "backgroundnoisereduction",
      "deepgramsmartformat",
      "elevenlabsTextNormalization",
      "debug",
    ],
  },
} satisfies Record<string, Vocabulary>;

/** Nouns of `<Start>`. */
export const startNouns = { Stream: STREAM } satisfies Record<string, Vocabulary>;

/** Nouns of `<Stop>`. */
export const stopNouns = {
  Stream: { attributes: ["name"], inert: [] },
} satisfies Record<string, Vocabulary>;
