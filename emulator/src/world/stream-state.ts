import type { Hook } from "../types.ts";

/** A media stream of a call (www.twilio.com/docs/voice/api/stream-resource). Times are ms since 1970. */
export interface StreamState {
  readonly sid: string;
  readonly callSid: string;
  readonly name: string | null;
  status: "in-progress" | "stopped";
  dateUpdated: number;
}

export interface StreamOrder {
  /** `wss://`, or `ws://` of this machine. */
  url: string;
  name: string | null;
  track: "inbound_track" | "outbound_track" | "both_tracks";
  parameters: Readonly<Record<string, string>>;
  callback: Hook | null;
  /** The app may send sound, which the leg hears in place of anything else. */
  isBidirectional: boolean;
}
