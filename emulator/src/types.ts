import type { Clock } from "./clock.ts";
import type { Quirks } from "./quirks.ts";
import type { QueueState } from "./world/queue-state.ts";
import type { RecordingState } from "./world/recording-state.ts";

export interface NumberOptions {
  /** E.164. */
  phoneNumber: string;
  voiceUrl?: string;
  voiceMethod?: "GET" | "POST";
  voiceFallbackUrl?: string;
  statusCallback?: string;
  friendlyName?: string;
}

export interface ApplicationOptions {
  /** `AP` and 32 hexadecimal digits. Default: a new one. */
  sid?: string;
  voiceUrl: string;
  voiceMethod?: HttpMethod;
  voiceFallbackUrl?: string;
  statusCallback?: string;
  friendlyName?: string;
}

export interface HttpsOptions {
  /** Keeps the certificate authority, which is made on the first start. */
  folder: string;
  /** Default: any free one. */
  port?: number;
}

/** All have defaults: a fresh account with one number on a free port of 127.0.0.1. */
export interface EmulatorOptions {
  port?: number;
  /** The address to listen on: `127.0.0.1`. Any other lets other machines in, and nothing but REST asks for a password. */
  host?: string;
  /** Names, without a port, under which it answers besides those of loopback. The first one is in the addresses that apps are given. */
  allowedHosts?: readonly string[];
  /** `AC` and 32 hexadecimal digits. */
  accountSid?: string;
  authToken?: string;
  /** `SK` and 32 hexadecimal digits. */
  apiKey?: string;
  apiSecret?: string;
  numbers?: NumberOptions[];
  /** TwiML applications, which browsers call (`device.connect`). Default: none. */
  applications?: ApplicationOptions[];
  clock?: Clock;
  /** `webrtc`: browsers are heard. `none`: browsers' calls are signalled but carry no sound. Scripted people always carry sound when `mixing` is on. */
  media?: "webrtc" | "none";
  /** Mixes audio every 20 ms of real time. Off by default with `media: "none"`. */
  mixing?: boolean;
  quirks?: Partial<Quirks>;
  /** Serves TLS besides, under Twilio's names, and answers `CONNECT` for them: for apps that know only `https://api.twilio.com`. */
  https?: HttpsOptions;
  /** A certificate authority, as PEM, that signs the app's certificate: for webhooks to `https://` addresses of this machine. */
  webhookCa?: string;
  /** The account's maximum call duration, in seconds: 4 hours, or 24 if the Console's switch is on. Default: 4 hours. */
  maxCallSeconds?: number;
  /** Addresses whose pages may open the emulator's sockets, besides its own and those of its numbers' webhooks. */
  origins?: readonly string[];
  /** Folder of the built phone page. Default: the one of this package. */
  pagesDir?: string;
}

export interface Credentials {
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
}

export type Direction = "inbound" | "outbound-api" | "outbound-dial";
export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "no-answer"
  | "failed"
  | "canceled";
export type CallEvent = "initiated" | "ringing" | "answered" | "completed";
export type HttpMethod = "GET" | "POST";

/** An address that Twilio will request, with overrides (`#rc=…`) still in it. */
export interface Hook {
  url: string;
  method: HttpMethod;
}

export interface CallState {
  readonly sid: string;
  readonly parentCallSid: string | null;
  /** The call at the other end: a call to an application and the application's own. */
  counterpart: string | null;
  readonly direction: Direction;
  readonly from: string;
  readonly to: string;
  readonly phoneNumberSid: string | null;
  readonly dateCreated: number;
  dateUpdated: number;
  /** Of a call that ended unanswered: when it was created. */
  startTime: number | null;
  answeredAt: number | null;
  endTime: number | null;
  status: CallStatus;
  readonly queueTime: number;
  voice: Hook | null;
  fallback: Hook | null;
  statusCallback: (Hook & { events: ReadonlySet<CallEvent> }) | null;
  /** Next SequenceNumber of call progress callbacks; starts at 0 (www.twilio.com/docs/voice/api/call-resource). */
  sequence: number;
  sipResponseCode: number | null;
  /** The result of answering machine detection. */
  answeredBy: string | null;
}

export type ConferenceStatus = "init" | "in-progress" | "completed";
export type ParticipantStatus = "queued" | "connecting" | "ringing" | "connected" | "complete" | "failed";

export interface ParticipantState {
  readonly callSid: string;
  readonly label: string | null;
  status: ParticipantStatus;
  muted: boolean;
  hold: boolean;
  holdHook: Hook | null;
  coaching: boolean;
  callSidToCoach: string | null;
  startConferenceOnEnter: boolean;
  endConferenceOnExit: boolean;
  /** Null: Twilio's classical playlist. Empty url: silence. */
  waitHook: Hook | null;
  beep: "true" | "false" | "onEnter" | "onExit";
  readonly queueTime: number;
  readonly dateCreated: number;
  dateUpdated: number;
  /** Made by CreateParticipant: no TwiML stands behind it. */
  readonly viaApi: boolean;
}

export interface ConferenceState {
  readonly sid: string;
  readonly friendlyName: string;
  status: ConferenceStatus;
  readonly dateCreated: number;
  dateUpdated: number;
  readonly region: string;
  reasonConferenceEnded: string | null;
  callSidEndingConference: string | null;
  maxParticipants: number;
  /** Set by the first participant to join, and by no other (www.twilio.com/docs/voice/twiml/conference). */
  statusCallback: (Hook & { events: ReadonlySet<string> }) | null;
  sequence: number;
  /** How it is recorded as soon as it has started; null: it is not, or it is already. */
  record: RecordingOrder | null;
  /** By Call SID, in the order in which they came. */
  readonly participants: Map<string, ParticipantState>;
}

/** Where the calls of a number or an application go. Empty: nowhere. */
export interface Addresses {
  voiceUrl: string;
  voiceMethod: HttpMethod;
  voiceFallbackUrl: string;
  voiceFallbackMethod: HttpMethod;
  statusCallback: string;
  statusCallbackMethod: HttpMethod;
}

export interface PhoneNumberState extends Addresses {
  readonly sid: string;
  readonly phoneNumber: string;
  friendlyName: string;
  voiceApplicationSid: string;
  trunkSid: string;
  voiceReceiveMode: "voice" | "fax";
  voiceCallerIdLookup: boolean;
  readonly dateCreated: number;
  dateUpdated: number;
}

/** A TwiML application: the addresses that calls of browsers and of numbers that name it go to. */
export interface ApplicationState extends Addresses {
  /** `AP…` */
  readonly sid: string;
  friendlyName: string;
  voiceCallerIdLookup: boolean;
  /** Whether other accounts may dial it; here is only one. */
  publicApplicationConnectEnabled: boolean;
  readonly dateCreated: number;
  dateUpdated: number;
}

/** A recording as it was asked for. */
export interface RecordingOrder extends Pick<RecordingState, "source" | "channels" | "track"> {
  /** Without silence at both ends. */
  trim: boolean;
  callback: (Hook & { events: ReadonlySet<string> }) | null;
}

/** An API key: a Standard one, which steers calls and signs access tokens, but may not read the account or its keys. */
export interface KeyState {
  /** `SK…` */
  readonly sid: string;
  readonly friendlyName: string;
  readonly secret: string;
  readonly dateCreated: number;
}

/** Everything that REST shows. Ended calls and conferences stay until the emulator closes. */
export interface World {
  readonly account: Pick<Credentials, "accountSid" | "authToken"> & {
    friendlyName: string;
    dateCreated: number;
  };
  /** By SID, oldest first; the one of the emulator's credentials is the first. */
  readonly keys: Map<string, KeyState>;
  readonly calls: Map<string, CallState>;
  readonly conferences: Map<string, ConferenceState>;
  /** Those that have not ended, by name. */
  readonly liveConferences: Map<string, ConferenceState>;
  readonly queues: Map<string, QueueState>;
  /** Of a bounded length together; REST deletes them, and the oldest make room. */
  readonly recordings: Map<string, RecordingState>;
  readonly numbers: Map<string, PhoneNumberState>;
  readonly applications: Map<string, ApplicationState>;
}
