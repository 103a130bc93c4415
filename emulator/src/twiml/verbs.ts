import type { HttpMethod } from "../types.ts";

/** A TwiML verb with its defaults filled in (www.twilio.com/docs/voice/twiml). Times are seconds, as written. */
export type Verb =
  | SayVerb
  | PlayVerb
  | { verb: "Pause"; length: number }
  | { verb: "Redirect"; url: string; method: HttpMethod }
  | { verb: "Hangup"; parameters: Record<string, string> }
  | { verb: "Reject"; reason: "rejected" | "busy"; parameters: Record<string, string> }
  | DialVerb
  | GatherVerb
  | RecordVerb
  | EnqueueVerb
  | { verb: "Leave" }
  | ConnectVerb
  | { verb: "Start"; streams: StreamNoun[] }
  /** The names of streams. */
  | { verb: "Stop"; names: string[] }
  /** An audio answer in place of TwiML. */
  | { verb: "Audio"; bytes: Uint8Array }
  /** A verb that Twilio knows and the emulator does not. */
  | { verb: "Unsupported"; name: string };

export interface SayVerb {
  verb: "Say";
  text: string;
  voice: string;
  language: string;
  loop: number;
}

export interface PlayVerb {
  verb: "Play";
  url: string;
  digits: string;
  loop: number;
}

/** Keys that the caller presses, or sentences that a scripted caller says. */
export interface GatherVerb {
  verb: "Gather";
  /** Heard while the input is awaited. */
  prompts: Verb[];
  takesKeys: boolean;
  takesSpeech: boolean;
  /** Of speech: a language tag. */
  language: string;
  /** Seconds of silence after a sentence; 0: the first pause ends the speech. */
  speechTimeout: number;
  /** Speech silences the prompts. */
  bargeIn: boolean;
  /** Empty: none. */
  partialResultCallback: string;
  partialResultMethod: HttpMethod;
  /** Empty: the document itself. */
  action: string;
  method: HttpMethod;
  timeout: number;
  /** Keys that end the input; empty: none. */
  finishOnKey: string;
  /** Infinity: no limit. */
  numDigits: number;
  actionOnEmptyResult: boolean;
}

export interface DialVerb {
  verb: "Dial";
  /** Null: the next verb runs. */
  action: string | null;
  method: HttpMethod;
  timeout: number;
  timeLimit: number;
  hangupOnStar: boolean;
  answerOnBridge: boolean;
  sequential: boolean;
  callerId: string | null;
  /** Null: it is not. */
  record: DialRecord | null;
  conference: ConferenceNoun | null;
  queue: QueueNoun | null;
  /** Empty with a conference or a queue. */
  targets: DialTarget[];
}

export interface EnqueueVerb {
  verb: "Enqueue";
  /** Of the queue. */
  name: string;
  /** Null: the next verb runs. */
  action: string | null;
  method: HttpMethod;
  /** Null: Twilio's playlist. Empty: silence. */
  waitUrl: string | null;
  waitMethod: HttpMethod;
  /** Null: the queue's own. */
  maxQueueSize: number | null;
}

export interface QueueNoun {
  name: string;
  /** TwiML that the queued caller hears before being connected. */
  url: string | null;
  method: HttpMethod;
}

export interface ConnectVerb {
  verb: "Connect";
  /** Null: the next verb runs. */
  action: string | null;
  method: HttpMethod;
  noun: { stream: StreamNoun } | { relay: RelayNoun };
}

/** What a caller may do: press keys, speak. */
export type RelayInput = "none" | "dtmf" | "speech" | "any";

export interface RelayNoun {
  url: string;
  parameters: Record<string, string>;
  /** Empty: none. */
  welcomeGreeting: string;
  welcomeGreetingInterruptible: RelayInput;
  ttsLanguage: string;
  transcriptionLanguage: string;
  dtmfDetection: boolean;
  /** What interrupts the app's sentences. */
  interruptible: RelayInput;
  /** What is passed on while a sentence is heard that it does not interrupt. */
  reportInput: RelayInput;
  /** Whether the app's next sentence ends the present one. */
  preemptible: boolean;
}

export interface StreamNoun {
  url: string;
  name: string | null;
  track: "inbound_track" | "outbound_track" | "both_tracks";
  parameters: Record<string, string>;
  statusCallback: string | null;
  statusCallbackMethod: HttpMethod;
}

export interface RecordVerb {
  verb: "Record";
  /** Null: the document that holds the verb. */
  action: string | null;
  method: HttpMethod;
  /** Seconds of silence that end it. */
  timeout: number;
  /** Keys that end the recording. */
  finishOnKey: string;
  maxLength: number;
  playBeep: boolean;
  trim: boolean;
  callback: RecordingCallback;
}

/** Where a recording's events go. */
export interface RecordingCallback {
  url: string | null;
  method: HttpMethod;
  events: readonly string[];
}

/** How `<Dial>` is recorded. */
export interface DialRecord {
  from: "ringing" | "answer";
  channels: 1 | 2;
  track: "inbound" | "outbound" | "both";
  trim: boolean;
  callback: RecordingCallback;
}

export interface DialTarget {
  /** E.164, `client:identity`, `sip:` or `app:AP…`. */
  to: string;
  parameters: Record<string, string>;
  /** Whether an application is told the parent call's `To` in place of its SID. */
  copyParentTo: boolean;
  /** TwiML that the called side hears before it is connected. */
  url: string | null;
  method: HttpMethod;
  statusCallback: string | null;
  statusCallbackMethod: HttpMethod;
  statusCallbackEvents: string[];
  /** Null: nobody is detected. */
  detection: DialDetection | null;
}

/** Answering machine detection of `<Number>` and `<Sip>`. */
export interface DialDetection {
  mode: "Enable" | "DetectMessageEnd";
  callback: string | null;
  callbackMethod: HttpMethod;
  timeoutMs: number;
  speechMs: number;
  speechEndMs: number;
}

export interface ConferenceNoun {
  name: string;
  muted: boolean;
  beep: "true" | "false" | "onEnter" | "onExit";
  startConferenceOnEnter: boolean;
  endConferenceOnExit: boolean;
  participantLabel: string | null;
  /** Null: Twilio's playlist. Empty: silence. */
  waitUrl: string | null;
  waitMethod: HttpMethod;
  maxParticipants: number;
  coach: string | null;
  region: string | null;
  statusCallback: string | null;
  statusCallbackMethod: HttpMethod;
  statusCallbackEvents: string[];
  /** Null: it is not recorded. */
  record: { trim: boolean; callback: RecordingCallback } | null;
}
