import type { CallMessage, Caller, Device } from "../line.ts";
import type {
  CallEvent,
  CallState,
  CallStatus,
  ConferenceState,
  Hook,
  ParticipantState,
  PhoneNumberState,
  RecordingOrder,
  World,
} from "../types.ts";
import type { MessageState } from "../world/message-state.ts";
import type { RecordingState } from "../world/recording-state.ts";
import type { StreamOrder, StreamState } from "../world/stream-state.ts";
import type { QueueState } from "../world/queue-state.ts";

/** Answering machine detection, with Twilio's defaults filled in (www.twilio.com/docs/voice/answering-machine-detection). */
export interface MachineDetection {
  mode: "Enable" | "DetectMessageEnd";
  /** Without it, the TwiML waits for the result. */
  isAsync: boolean;
  /** Where an asynchronous result goes. */
  callback: Hook | null;
  timeoutMs: number;
  /** Longer speech than this is a machine's. */
  speechMs: number;
  /** So much silence ends a speech. */
  speechEndMs: number;
}

/** The parameters of CreateCall, validated and with defaults. */
export interface DialOrder {
  from: string;
  /** E.164, `client:identity` or `app:AP…` (with `?key=value` parameters), or `sip:`. */
  to: string;
  voice: Hook | null;
  /** TwiML instead of an address. */
  twiml: string | null;
  fallback: Hook | null;
  statusCallback: (Hook & { events: ReadonlySet<CallEvent> }) | null;
  /** Seconds of ringing. */
  timeout: number;
  timeLimit: number | null;
  machineDetection?: MachineDetection | null;
  /** None: it is not recorded. */
  record?: RecordingOrder | null;
}

export interface ParticipantOrder extends Omit<DialOrder, "voice" | "twiml" | "fallback"> {
  label: string | null;
  muted: boolean;
  startConferenceOnEnter: boolean;
  endConferenceOnExit: boolean;
  beep: ParticipantState["beep"];
  waitHook: Hook | null;
  maxParticipants: number;
  coaching: boolean;
  callSidToCoach: string | null;
  earlyMedia: boolean;
  /** How the conference is recorded, if nobody has said so before. */
  conferenceRecord?: RecordingOrder | null;
  conferenceStatusCallback: ConferenceState["statusCallback"];
}

export interface CallChange {
  /** `canceled` only stops a queued or ringing call; `completed` ends any. */
  status?: "canceled" | "completed";
  voice?: Hook;
  twiml?: string;
  fallback?: Hook;
  statusCallback?: CallState["statusCallback"];
  timeLimit?: number;
}

export interface ParticipantChange {
  muted?: boolean;
  hold?: boolean;
  holdHook?: Hook | null;
  announce?: Hook;
  waitHook?: Hook;
  beepOnExit?: boolean;
  endConferenceOnExit?: boolean;
  coaching?: boolean;
  callSidToCoach?: string;
}

/** A request that Twilio would refuse, with Twilio's code (see the error's page). */
export class TwilioError extends Error {
  readonly code: number;
  readonly status: number;
  constructor(code: number, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/**
 * Calls and conferences in motion. Changes take effect in `world` at once; their webhooks are sent afterwards
 * (never before the caller of these functions has had its turn to answer).
 * All throw TwilioError for a request that Twilio refuses.
 */
export interface Engine {
  readonly world: World;
  /** Places a call by REST. Queued at first; the device rings in a later turn. */
  createCall(order: DialOrder): CallState;
  updateCall(call: CallState, change: CallChange): void;
  /** `room`: a live conference's SID, or a friendly name (which makes the conference if there is none). */
  createParticipant(room: string, order: ParticipantOrder): ParticipantState;
  updateParticipant(
    conference: ConferenceState,
    participant: ParticipantState,
    change: ParticipantChange,
  ): void;
  removeParticipant(conference: ConferenceState, participant: ParticipantState): void;
  /** Status `completed`, an announcement to all, or both. */
  updateConference(conference: ConferenceState, change: { end?: boolean; announce?: Hook }): void;
  /** Takes a call out of a queue, to run the TwiML of an address. @throws TwilioError 404 for one that does not wait there */
  dequeue(queue: QueueState, callSid: string, voice: Hook): void;
  /** Records a call from now on. @throws TwilioError 21220 for one that is not in progress */
  recordCall(call: CallState, order: RecordingOrder): RecordingState;
  /** Pauses, resumes or stops a recording. @throws TwilioError 21220 for one that has ended */
  updateRecording(
    recording: RecordingState,
    change: { status: "in-progress" | "paused" | "stopped"; pauseBehavior: "skip" | "silence" },
  ): void;
  /** Sends a call's sound to the app from now on. @throws TwilioError 21220 for one that is not in progress */
  createStream(call: CallState, order: Omit<StreamOrder, "isBidirectional">): StreamState;
  /** Ends a stream of a call, by SID or name. Undefined: it has none. */
  stopStream(call: CallState, key: string): StreamState | undefined;
  /**
   * Sends a message to the page of a browser that rings or is in a call. The same `key` again: the earlier message, and nothing is sent.
   * @throws TwilioError 31211 for any other call
   */
  sendMessage(call: CallState, content: unknown, key?: string): MessageState;
  /** The app gets the page's messages from now on. @throws TwilioError 31211, as `sendMessage` */
  subscribe(call: CallState, callback: Hook, key?: string): MessageState;
  /** False: the call has no such subscription; none outlives its call. */
  unsubscribe(call: CallState, sid: string): boolean;
  /** A message of a browser's page, which goes to all who have subscribed. */
  receiveMessage(callSid: string, message: CallMessage): void;
  /** A caller rings one of our numbers (`to` E.164), or a browser calls an application. */
  receiveCall(caller: Caller): CallState;
  /** Makes a device reachable. Returns the way to take it away. */
  addDevice(device: Device): () => void;
  /** True if at least one device would ring. */
  isReachable(address: string): boolean;
  /** For each Call SID in progress, the Call SIDs that it hears now in a conference or a bridge. */
  hearing(): Map<string, Set<string>>;
  /** The sound of a call that hears no person; `recording`: silence, because `<Record>` listens to it. */
  hearsSound(
    callSid: string,
  ): "silence" | "say" | "play" | "wait" | "hold" | "ringing" | "announcement" | "stream" | "recording";
  /** Resolves when no webhook is under way and nothing is left to be sent now. */
  settled(): Promise<void>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Something that an app's author should see, with Twilio's code. */
  warn: (warning: { callSid: string | null; code: number; message: string }) => void;
  /** Ends every call and stops every timer. */
  close(): Promise<void>;
}

export type EngineEvent =
  | { kind: "call-status"; callSid: string; from: string; to: string; status: CallStatus; at: number }
  | {
      kind: "conference";
      conferenceSid: string;
      friendlyName: string;
      event: string;
      callSid: string | null;
      label: string | null;
      at: number;
    }
  | {
      kind: "message";
      callSid: string;
      /** `KX…` */
      sid: string;
      to: "page" | "app";
      /** As JSON. */
      content: string;
      /** How many callbacks a page's message goes to. */
      subscriptions: number | null;
      at: number;
    }
  | { kind: "said"; callSid: string; text: string; language: string; at: number }
  | {
      kind: "warning";
      callSid: string | null;
      code: number;
      message: string;
      url: string | null;
      at: number;
    };

/** How REST makes and changes numbers; the sandbox uses it too. */
export interface NumberChange extends Partial<
  Omit<PhoneNumberState, "sid" | "phoneNumber" | "dateCreated" | "dateUpdated">
> {}
