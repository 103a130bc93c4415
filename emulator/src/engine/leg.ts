import type { Timer } from "../clock.ts";
import type { Caller, Line, Ringing } from "../line.ts";
import type { Seat } from "../media/port.ts";
import type { Clip } from "../media/sounds.ts";
import type { CallState, CallStatus, ConferenceState, Hook, RecordingOrder } from "../types.ts";
import type { MemberState, QueueState } from "../world/queue-state.ts";
import type { MessageState, Subscription } from "../world/message-state.ts";
import type { Tap } from "./tap.ts";
import { type CookieJar, createCookieJar } from "../webhooks/cookies.ts";

export type SoundKind = "say" | "play" | "wait" | "hold" | "ringing" | "announcement" | "stream";

/** A clip at one leg; an announcement plays over the earlier clip. */
export interface Playing {
  kind: SoundKind;
  clip: Clip;
}

/** A leg's place in a conference. */
export interface Stay {
  readonly conference: ConferenceState;
  /** Music that plays now, and the way to stop it. */
  ambient: { kind: "wait" | "hold"; url: string | null; stop: () => void } | null;
  /** Functions to run when the leg leaves. */
  readonly whenOut: Set<() => void>;
  /** The leg is out, and goes on: with its TwiML, or by ending. Called at most once. */
  readonly release: () => void;
}

/** Two legs that talk through `<Dial>`, by their room at the mixer. */
export interface Bridge {
  readonly room: string;
  readonly other: Leg;
  readonly parted: () => void;
}

/** `QueueResult` of `<Enqueue>`'s action (www.twilio.com/docs/voice/twiml/enqueue). `system-error` does not happen here. */
export type QueueResult =
  | "bridged"
  | "bridging-in-process"
  | "error"
  | "hangup"
  | "leave"
  | "redirected"
  | "redirected-from-bridged"
  | "queue-full";

/** A leg's stay in a queue, from `<Enqueue>` to the end of the talk with who took it out. */
export interface QueuePlace {
  readonly leg: Leg;
  readonly queue: QueueState;
  readonly member: MemberState;
  /** When it left the queue; null: it is in it. */
  leftAt: number | null;
  stage: "waiting" | "connecting" | "bridged";
  readonly stopMusic: () => void;
  /** The stay is over, and the leg's TwiML goes on. */
  readonly finish: (result: QueueResult) => void;
  /** The call has ended or has other TwiML now. */
  onGone?: () => void;
}

/** A `<Dial><Queue>` that waits for somebody to join. */
export interface QueueDial {
  readonly queue: QueueState;
  take(place: QueuePlace): void;
}

/** Messages between the app and the page of a browser. */
export interface LegMessages {
  /** By SID. */
  readonly subscriptions: Map<string, Subscription>;
  /** How many the page has sent. */
  received: number;
  /** What REST has made, by operation and `IdempotencyKey`. */
  readonly madeWithKey: Map<string, MessageState>;
}

/** The running part of a CallState, until the call is over. */
export interface Leg {
  readonly call: CallState;
  readonly cookies: CookieJar;
  /** Set on calls that came in. */
  readonly caller: Caller | null;
  /** The number's own StatusCallback, sent once after the end. */
  readonly numberCallback: Hook | null;
  /** Fields of every request for TwiML beyond the standard ones: the `ApplicationSid`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What the application at the other end gives back as it ends the call: `<Parameter>` of `<Hangup>` and `<Reject>`. */
  returned: Readonly<Record<string, string>>;
  line: Line | null;
  seat: Seat | null;
  tap: Tap | null;
  /** Legs that this leg hears in addition to its room. */
  coaches: ReadonlySet<Leg>;
  isCoach: boolean;
  /** How it is recorded from its answer on. */
  record: RecordingOrder | null;
  /** By `<Record>`. */
  isRecorded: boolean;
  base: Playing | null;
  over: Playing | null;
  /** Stops the TwiML that runs. */
  program: AbortController | null;
  stay: Stay | null;
  bridge: Bridge | null;
  queued: QueuePlace | null;
  /** The devices that ring for it. */
  ringing: Ringing | null;
  /** The conference that hears this leg's ringing. */
  ringsInto: ConferenceState | null;
  timeLimit: Timer | null;
  readonly messages: LegMessages;
  /** Handles a pressed key, if a verb wants it. */
  onDigits: ((digits: string) => void) | null;
  /** Handles a sentence that the far end says, if a verb wants it. */
  onWords: ((text: string) => void) | null;
  /** Called once with the last status. */
  readonly onEnd: Set<(status: CallStatus) => void>;
}

export function newLeg(
  call: CallState,
  given: Partial<Pick<Leg, "caller" | "numberCallback" | "parameters" | "line">> = {},
): Leg {
  return {
    call,
    cookies: createCookieJar(),
    caller: null,
    numberCallback: null,
    parameters: {},
    returned: {},
    line: null,
    seat: null,
    tap: null,
    coaches: new Set(),
    isCoach: false,
    record: null,
    isRecorded: false,
    base: null,
    over: null,
    program: null,
    stay: null,
    bridge: null,
    queued: null,
    ringing: null,
    ringsInto: null,
    timeLimit: null,
    messages: { subscriptions: new Map(), received: 0, madeWithKey: new Map() },
    onDigits: null,
    onWords: null,
    onEnd: new Set(),
    ...given,
  };
}

export function newStay(given: Pick<Stay, "conference" | "release">): Stay {
  return { ...given, ambient: null, whenOut: new Set() };
}
