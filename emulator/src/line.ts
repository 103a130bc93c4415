import type { AudioPort } from "./media/port.ts";

/** What an engine tells a device that is to ring. */
export interface Invite {
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly accountSid: string;
  /** From `<Parameter>` or `client:name?key=value`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What an application is told as `To`; none: its SID. */
  readonly calledAs?: string | undefined;
}

/** A message of the app to the page of a browser (www.twilio.com/docs/voice/sdks/call-message-events). */
export interface CallMessage {
  /** `KX…` */
  readonly sid: string;
  readonly contentType: string;
  /** What JSON holds. */
  readonly content: unknown;
}

/** What a ringing device tells the engine. Each is called at most once, `ringing` first. */
export interface RingListener {
  ringing(): void;
  answered(line: Line): void;
  declined(): void;
  busy(): void;
  /** An application ended its call without answering it. */
  unanswered?(): void;
  /** The far end cannot be reached (404). */
  unreachable(): void;
}

/** Anything that can be dialled: a scripted phone, a scripted browser, a registered browser, the phone page. */
export interface Device {
  /** E.164 or `client:identity`. Several devices may share an address: all ring, the first to answer wins. */
  readonly address: string;
  ring(invite: Invite, listener: RingListener): Ringing;
}

export interface Ringing {
  /** Stops ringing: the caller gave up, the time is over, or it was answered elsewhere. */
  cancel(): void;
  /** Only browsers take messages. */
  message?(message: CallMessage): void;
}

/** A connected far end. The engine sets `listener` before anything else. */
export interface Line {
  readonly audio: AudioPort;
  /** An answering machine, and no human. */
  readonly isMachine?: boolean;
  listener: LineListener;
  /** The engine ends the call on this far end. Idempotent; `listener.hungUp` is not called for it. */
  hangUp(error?: { code: number; message: string }): void;
  /** A sentence of `<Say>` that begins to be heard here, for pages that show it. */
  caption(sentence: { text: string; language: string; durationMs: number }): void;
  /** Only browsers take messages. */
  message?(message: CallMessage): void;
}

export interface LineListener {
  hungUp(): void;
  digits(digits: string): void;
  /** A sentence that was said, as speech recognition would write it. */
  words?(text: string): void;
  /** The far end came back with other media (a page that was reloaded). */
  audioReplaced(audio: AudioPort): void;
}

/** A far end that calls us. */
export interface Caller {
  /** E.164, `anonymous`, or `client:identity`. */
  readonly from: string;
  /** Empty for a browser that calls an application. */
  readonly to: string;
  /** The application that is called, with fields of its first request. */
  readonly application?: {
    sid: string;
    parameters: Readonly<Record<string, string>>;
    /** The call at the other end; none: a browser calls, which plays the ringing itself. */
    dialledBy?: string;
  };
  readonly line: Line;
  /** The call is in progress: sound may flow. */
  answered(): void;
  /** The call ended before or after it was answered; `line.hangUp` is not called besides. */
  ended(status: "completed" | "busy" | "no-answer" | "failed" | "canceled"): void;
  /** The call has got its SID and rings. */
  ringing(callSid: string): void;
}
