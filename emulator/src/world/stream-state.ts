/** A media stream of a call (www.twilio.com/docs/voice/api/stream-resource). Times are ms since 1970. */
export interface StreamState {
  readonly sid: string;
  readonly callSid: string;
  readonly name: string | null;
  status: "in-progress" | "stopped";
  dateUpdated: number;
}
