import type { HttpMethod } from "../types.ts";

/** Every request to the app, with what came back. Shown by the inspector. */
export interface Delivery {
  readonly id: number;
  readonly kind:
    | "voice"
    | "fallback"
    | "action"
    | "redirect"
    | "wait"
    | "queue-wait"
    | "hold"
    | "announce"
    | "client-url"
    | "play"
    | "gather-partial"
    | "call-status"
    | "dial-status"
    | "conference-status"
    | "recording-status"
    | "stream-status"
    | "amd-status"
    | "user-defined-message"
    | "number-status";
  readonly callSid: string | null;
  readonly conferenceSid: string | null;
  readonly method: HttpMethod;
  /** As requested, without overrides. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  /** The signature of the last request. */
  signature: string;
  readonly startedAt: number;
  /** The number of the delivery that the inspector's user sent again with this one; its answer steers nothing. */
  readonly again: number | null;
  /** Real milliseconds until the answer was read; null while under way. */
  durationMs: number | null;
  attempts: number;
  /** HTTP status; null: no answer. */
  status: number | null;
  contentType: string | null;
  /** The answer's text, cut at 64 kB. */
  body: string | null;
  /** Twilio's error code (11200, 11205, …) and a sentence, if it went wrong. */
  error: { code: number; message: string } | null;
}
